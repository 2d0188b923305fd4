import { deliveryDeadLetterQueue } from '../bus.ts';
import { functions } from '../functions.ts';
import { jobQueue } from '../job-queue.ts';
import { counted, type Metric } from '../metrics.ts';
import { routes } from '../routes.ts';
import { toKebab } from '../stage-names.ts';
import { subscribers } from '../subscribers.ts';
import { subscriptions } from '../subscriptions.ts';
import type { FunctionName } from '../types.ts';
import { type Alarm, missingIsFine, raisedByAny, standingAlarms } from './alarm.ts';

/** A run may take 15 minutes, and its message lies in the queue meanwhile; twice that is no run any more. */
const JOB_WAITS_SECONDS = 30 * 60;

/** What waits too long, and what no subscriber works on any more. */
export const queueAlarms: readonly Alarm[] = [
  ...subscriptions.map(({ subscriber, queue }): Alarm => {
    const seconds = subscribers[subscriber].oldestMessageSeconds;
    return {
      ...missingIsFine,
      name: `queue-too-old-${subscriber}`,
      meaning: `Events for ${subscriber} wait for more than ${seconds / 60} minutes.`,
      runbook: 'queue-too-old',
      measure: {
        of: 'queue',
        queue,
        name: 'ApproximateAgeOfOldestMessage',
        statistic: 'Maximum',
      },
      raised: { above: seconds },
    };
  }),
  ...subscriptions.flatMap(({ subscriber, deadLetterQueue }) =>
    deadLetters(subscriber, deadLetterQueue, {
      some: `${subscriber} gave up on an event.`,
      more: `${subscriber} gave up on another event.`,
    }),
  ),
  {
    ...raisedByAny,
    name: 'events-lost',
    meaning: 'EventBridge could deliver an event neither to its queue nor to the delivery queue.',
    runbook: 'dead-letters',
    measure: {
      formula: subscriptions.map(({ subscriber }) => `FILL(${subscriber}, 0)`).join(' + '),
      from: Object.fromEntries(
        subscriptions.map(({ subscriber, queue }) => [subscriber, lostBy(queue)]),
      ),
    },
  },
  ...deadLetters(jobQueue.function, jobQueue.deadLetterQueue, {
    some: 'An operator’s job could not be taken up, or died again and again.',
    more: 'Another operator’s job could not be taken up.',
    runbook: 'operators-jobs',
  }),
  {
    ...missingIsFine,
    name: 'operators-jobs-waiting',
    meaning: 'An operator’s job waits for more than half an hour.',
    runbook: 'operators-jobs',
    measure: {
      of: 'queue',
      queue: jobQueue.queue,
      name: 'ApproximateAgeOfOldestMessage',
      statistic: 'Maximum',
    },
    raised: { above: JOB_WAITS_SECONDS },
  },
  ...deadLetters('delivery', deliveryDeadLetterQueue, {
    some: 'EventBridge could not deliver an event to a queue.',
    more: 'EventBridge could not deliver another event to a queue.',
  }),
];

function lostBy(rule: string): Metric {
  return { of: 'rule', rule, name: 'InvocationsFailedToBeSentToDlq', statistic: 'Sum' };
}

/** The most within five minutes: an operator who looks at dead letters hides them for half a minute. */
function deadLetters(
  whose: string,
  queue: string,
  meanings: { some: string; more: string; runbook?: string },
): Alarm[] {
  return standingAlarms({
    name: `dead-letters-${whose}`,
    meaning: meanings.some,
    growth: meanings.more,
    runbook: meanings.runbook ?? 'dead-letters',
    measure: {
      of: 'queue',
      queue,
      name: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
    },
  });
}

/** Calls that queue or clock would repeat, and that did not start, within five minutes. */
const THROTTLES_THAT_PASS = 9;

/** What goes wrong with the functions themselves, and with the sweep as a whole. */
export const functionAlarms: readonly Alarm[] = [
  {
    name: 'sweep-not-running',
    meaning: 'No sweep has ended for 5 minutes; payments whose webhook is lost wait.',
    runbook: 'sweep-not-running',
    measure: counted('reconciliation', 'SweepFinished'),
    raised: { below: 1 },
    // By the minute: of longer periods CloudWatch lets several pass before it believes that nothing comes.
    periodSeconds: 60,
    periods: 5,
    missing: 'raised',
  },
  {
    ...missingIsFine,
    name: 'sweep-failing',
    meaning:
      'Orders could not be looked at for 15 minutes, because the gateway or AWS does not answer.',
    runbook: 'sweep-not-running',
    measure: counted('reconciliation', 'SweepErrors'),
    raised: { above: 0 },
    periods: 3,
  },
  ...functions.flatMap(({ name }): Alarm[] => [
    {
      ...raisedByAny,
      name: `function-errors-${toKebab(name)}`,
      meaning: `The function ${name} crashed or ran out of time or memory.`,
      runbook: 'functions-failing',
      measure: { of: 'function', function: name, name: 'Errors', statistic: 'Sum' },
    },
    {
      ...raisedByAny,
      name: `function-throttled-${toKebab(name)}`,
      meaning: `AWS let the function ${name} not start: too many run at once.`,
      runbook: 'functions-failing',
      measure: { of: 'function', function: name, name: 'Throttles', statistic: 'Sum' },
      raised: { above: isAnswering(name) ? 0 : THROTTLES_THAT_PASS },
    },
  ]),
];

/** A caller waits for its answer, and gets an error where it does not start. */
function isAnswering(name: FunctionName): boolean {
  return routes.some((route) => route.function === name);
}
