import type { Target } from '@aws-sdk/client-eventbridge';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { bus } from '@cloudnestle/topology/bus';
import * as z from 'zod';
import { judge, type Verdict } from '../check.ts';
import { isQueue, type KnownQueue, nameApart } from '../queues/known-queue.ts';
import type { Rule } from './read-bus.ts';
import type { WantedRule } from './wanted-rule.ts';

/** Whether a rule lets through what it should, and only that, as it is, and loses nothing. */
export function judgeRule(
  rule: Rule,
  target: Target,
  wanted: Pick<WantedRule, 'bus' | 'detailTypes' | 'delivery'>,
): Verdict {
  const problems = [
    ...findDisabled(rule, wanted.bus),
    ...findWrongPattern(rule.pattern, wanted.detailTypes),
    ...findChangedEvent(target),
    ...findNoDeadLetter(target, wanted.delivery),
  ];
  return judge(
    problems.map((problem) => `the rule ${rule.name} ${problem}`),
    wanted.detailTypes.join(', '),
  );
}

function findDisabled({ name, state }: Rule, busName: string): string[] {
  if (state.startsWith('ENABLED')) return [];
  return [
    `is ${state}; should be ENABLED: aws events enable-rule --name ${name} --event-bus-name ${busName}`,
  ];
}

const patternSchema = jsonVariable(
  z.strictObject({ source: z.array(z.string()), 'detail-type': z.array(z.string()) }),
);

function findWrongPattern(pattern: string | undefined, detailTypes: readonly string[]): string[] {
  const wanted = { source: [bus.source], 'detail-type': detailTypes };
  const parsed = patternSchema.safeParse(pattern);
  const isWanted =
    parsed.success &&
    isSameSet(parsed.data.source, wanted.source) &&
    isSameSet(parsed.data['detail-type'], wanted['detail-type']);
  return isWanted
    ? []
    : [`matches ${pattern ?? 'no event'}`, `should match ${JSON.stringify(wanted)}`];
}

/** Subscribers read the whole event. */
function findChangedEvent({ Input, InputPath, InputTransformer }: Target): string[] {
  const isWhole = [Input, InputPath, InputTransformer].every((each) => each === undefined);
  return isWhole ? [] : ['changes the event before it sends it; should send it as it is'];
}

function findNoDeadLetter({ DeadLetterConfig }: Target, delivery: KnownQueue): string[] {
  const arn = DeadLetterConfig?.Arn;
  if (arn === undefined) {
    return [
      `loses what it cannot deliver: its target has no dead-letter queue; should have ${delivery.name}`,
    ];
  }
  if (isQueue(arn, delivery)) return [];
  return [
    `sends what it cannot deliver to ${nameApart(arn, delivery)}; should be ${delivery.name}`,
  ];
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return new Set(some).symmetricDifference(new Set(others)).size === 0;
}
