import { parseJson } from '@cloudnestle/contracts/json';
import { bus } from '../bus.ts';
import type { Subscription } from '../types.ts';
import { isQueue, type KnownQueue, nameApart, type Problem } from './problem.ts';

/** A rule of the bus as it was found, in EventBridge or in what a deployment would create. */
export interface SeenRule {
  name: string;
  state: string;
  /** JSON; undefined for what runs by the clock. */
  pattern: string | undefined;
  targets: readonly SeenTarget[];
}

export interface SeenTarget {
  arn: string;
  deadLetterArn: string | undefined;
  /** Whether it sends something else than the event as it came. */
  isChanged: boolean;
}

/** What should lead from the bus to one queue. */
export interface WantedRule extends Pick<Subscription, 'detailTypes'> {
  bus: string;
  queue: KnownQueue;
  /** Where what cannot be delivered goes. */
  delivery: KnownQueue;
}

export interface RuleProblem
  extends Problem<'none' | 'several' | 'state' | 'pattern' | 'input' | 'dead letters'> {
  /** The rule's name; undefined where there is none, or more than one. */
  rule: string | undefined;
}

/**
 * What is wrong with what leads from a bus to one queue: whether one rule, and only one, brings the queue its events, and
 * only those, as they are, and loses none. The rule is known by its target: its name is the deployment's.
 */
export function judgeRules(rules: readonly SeenRule[], wanted: WantedRule): RuleProblem[] {
  const leading = rules.flatMap((rule) =>
    rule.targets
      .filter(({ arn }) => isQueue(arn, wanted.queue))
      .map((target) => ({ rule, target })),
  );
  const [only, ...more] = leading;
  if (!only) {
    const words = `no rule of ${wanted.bus} leads to this queue`;
    return [{ fact: 'none', rule: undefined, words }];
  }
  if (more.length > 0) {
    const names = leading.map(({ rule }) => rule.name).join(', ');
    const words = `${leading.length} rules or targets lead here, so events come twice: ${names}`;
    return [{ fact: 'several', rule: undefined, words }];
  }
  const { rule, target } = only;
  const problems = [
    ...findDisabled(rule),
    ...findWrongPattern(rule, wanted.detailTypes),
    ...findChangedEvent(target),
    ...findNoDeadLetter(target, wanted.delivery),
  ];
  return problems.map(({ fact, words }) => ({
    fact,
    rule: rule.name,
    words: `the rule ${rule.name} ${words}`,
  }));
}

type Found = Problem<RuleProblem['fact']>[];

/** EventBridge has more than one state of a rule that is on. */
function findDisabled({ state }: SeenRule): Found {
  if (state.startsWith('ENABLED')) return [];
  return [{ fact: 'state', words: `is ${state}; should be ENABLED` }];
}

function findWrongPattern({ pattern }: SeenRule, detailTypes: readonly string[]): Found {
  const wanted = { source: [bus.source], 'detail-type': detailTypes };
  if (isSamePattern(parseJson(pattern ?? ''), wanted)) return [];
  const say = (words: string) => ({ fact: 'pattern' as const, words });
  return [say(`matches ${pattern ?? 'no event'}`), say(`should match ${JSON.stringify(wanted)}`)];
}

/** The order of fields and of values means nothing to EventBridge. */
function isSamePattern(seen: unknown, wanted: Readonly<Record<string, readonly string[]>>) {
  if (typeof seen !== 'object' || seen === null) return false;
  const found = Object.entries(seen);
  return (
    found.length === Object.keys(wanted).length &&
    found.every(([field, values]) => Array.isArray(values) && isSameSet(values, wanted[field]))
  );
}

function isSameSet(some: readonly unknown[], others: readonly unknown[] = []): boolean {
  return new Set(some).symmetricDifference(new Set(others)).size === 0;
}

/** Subscribers read the whole event. */
function findChangedEvent({ isChanged }: SeenTarget): Found {
  const words = 'changes the event before it sends it; should send it as it is';
  return isChanged ? [{ fact: 'input', words }] : [];
}

function findNoDeadLetter({ deadLetterArn: arn }: SeenTarget, delivery: KnownQueue): Found {
  const say = (words: string): Found => [{ fact: 'dead letters', words }];
  if (arn === undefined) {
    return say(
      `loses what it cannot deliver: its target has no dead-letter queue; should have ${delivery.name}`,
    );
  }
  if (isQueue(arn, delivery)) return [];
  return say(
    `sends what it cannot deliver to ${nameApart(arn, delivery)}; should be ${delivery.name}`,
  );
}
