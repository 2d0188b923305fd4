import type { EventBridgeClient, Target } from '@aws-sdk/client-eventbridge';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { bus } from '@cloudnestle/topology/bus';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { Subscription } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { nameInUrl } from '../environment/stage-queues.ts';
import { type Check, judge, share, type Verdict, wrong } from './check.ts';
import { isQueue, type KnownQueue, nameApart, type ReadQueue } from './queue-facts.ts';
import { hasBus, type Rule, readRules } from './read-bus.ts';

/** The bus, and what leads from it to every subscriber's queue. */
export function checkBus(
  stage: EnvironmentSecret,
  events: EventBridgeClient,
  readQueue: ReadQueue,
): Check[] {
  const busName = stage.eventBusName;
  const rulesOf = share((name) => readRules(events, name));
  /** A queue that is not there has its own check; its rule is judged by the name alone. */
  const know = async (url: string): Promise<KnownQueue> => {
    const facts = await readQueue(url).catch(() => undefined);
    return { name: nameInUrl(url), arn: facts?.QueueArn };
  };
  const checkRule = ({ subscriber, detailTypes, queue }: Subscription): Check => {
    const url = stage.queues[subscriber]?.url ?? queue;
    return {
      check: 'rules',
      subject: `to ${nameInUrl(url)}`,
      asks: 'events:ListRules and events:ListTargetsByRule',
      look: async () =>
        judgeRules(await rulesOf(busName), {
          bus: busName,
          detailTypes,
          queue: await know(url),
          delivery: await know(stage.deliveryDeadLetterUrl),
        }),
    };
  };
  return [
    {
      check: 'bus',
      subject: busName,
      asks: 'events:DescribeEventBus',
      look: async () =>
        judge(
          (await hasBus(events, busName)) ? [] : ['there is no such bus: deploy the stage again'],
          'is there',
        ),
    },
    ...subscriptions.map(checkRule),
  ];
}

/** What should lead from the bus to one queue. */
interface WantedRule {
  bus: string;
  detailTypes: readonly string[];
  queue: KnownQueue;
  /** Where what cannot be delivered goes. */
  delivery: KnownQueue;
}

/** Whether one rule, and only one, brings a queue its events. It is known by its target: its name is the deployment's. */
export function judgeRules(rules: readonly Rule[] | undefined, wanted: WantedRule): Verdict {
  if (!rules) return wrong(`there is no bus ${wanted.bus}`);
  const leading = rules.flatMap((rule) =>
    rule.targets
      .filter(({ Arn = '' }) => isQueue(Arn, wanted.queue))
      .map((target) => ({ rule, target })),
  );
  const [only, ...more] = leading;
  if (!only) {
    return wrong(`no rule of ${wanted.bus} leads to this queue: deploy the stage again`);
  }
  if (more.length > 0) {
    const names = leading.map(({ rule }) => rule.name).join(', ');
    return wrong(`${leading.length} rules or targets lead here, so events come twice: ${names}`);
  }
  return judgeRule(only.rule, only.target, wanted);
}

/** Whether a rule lets through what it should, and only that, as it is, and loses nothing. */
function judgeRule(
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
