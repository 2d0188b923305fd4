import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { type KnownQueue, nameIn, type Problem } from '@cloudnestle/topology/judge/problem';
import { judgeDeadLetterQueue, judgeLiveQueue } from '@cloudnestle/topology/judge/queue';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { Subscription } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { plural } from '../words/plural.ts';
import { PROGRAM } from '../words/program-name.ts';
import { type Check, judge, notChecked, type Verdict, wrong } from './check.ts';
import {
  countAll,
  knowQueue,
  type QueueFacts,
  READS_QUEUES,
  type ReadQueue,
  toSeenQueue,
} from './queue-facts.ts';

/** Every subscriber's queue and dead-letter queue, and the one of what EventBridge could not deliver. */
export function checkQueues(stage: EnvironmentSecret, readQueue: ReadQueue): Check[] {
  const letters = (url: string) =>
    checkQueue(url, async () => examineDeadLetterQueue(await readQueue(url)));
  return [
    ...subscriptions.flatMap((subscription) => {
      const queue = stage.queues[subscription.subscriber];
      if (!queue) return [unnamed(subscription)];
      const live = checkQueue(queue.url, async () =>
        examineLiveQueue(
          await readQueue(queue.url),
          subscription,
          await knowQueue(queue.deadLetterUrl, readQueue),
        ),
      );
      return [live, letters(queue.deadLetterUrl)];
    }),
    letters(stage.deliveryDeadLetterUrl),
  ];
}

function checkQueue(url: string, look: Check['look']): Check {
  return { check: 'queues', subject: nameIn(url), asks: READS_QUEUES, look };
}

function unnamed({ subscriber, queue }: Subscription): Check {
  const words = `the environment's secret names no queue of ${subscriber}: deploy the stage again`;
  return checkQueue(queue, async () => wrong(words));
}

/** Whether a subscriber's queue is as its subscription says, `deadLetter` being its own dead-letter queue. */
export function examineLiveQueue(
  facts: QueueFacts | undefined,
  { visibilityTimeoutSeconds }: Pick<Subscription, 'visibilityTimeoutSeconds'>,
  deadLetter: KnownQueue,
): Verdict {
  if (!facts) return findMissing();
  const wanted = { leastVisibilitySeconds: visibilityTimeoutSeconds, deadLetter };
  return judge(
    judgeLiveQueue(toSeenQueue(facts), wanted).map(wordsOf),
    plural(countAll(facts), 'message'),
  );
}

/** Whether a dead-letter queue keeps what it gets. */
export function examineDeadLetterQueue(facts: QueueFacts | undefined): Verdict {
  if (!facts) return findMissing();
  return judge(
    judgeDeadLetterQueue(toSeenQueue(facts)).map(wordsOf),
    describeLetters(countAll(facts)),
  );
}

const wordsOf = ({ words }: Problem) => words;

function describeLetters(count: number): string {
  const letters = plural(count, 'letter');
  return count === 0 ? letters : `${letters}: ${PROGRAM} dlq triage`;
}

function findMissing(): Verdict {
  return wrong('there is no such queue: deploy the stage again');
}

/** Whether EventBridge may send to all queues that it has to: the subscribers' and the delivery's dead-letter queue. */
export function checkPolicies(stage: EnvironmentSecret, readQueue: ReadQueue): Check {
  // Not the queue of operators' jobs: nothing of EventBridge leads there.
  const urls = [
    ...subscriptions.flatMap(({ subscriber }) => stage.queues[subscriber]?.url ?? []),
    stage.deliveryDeadLetterUrl,
  ];
  return {
    check: 'queue policies',
    subject: 'EventBridge may send',
    asks: READS_QUEUES,
    look: async () => {
      const queues = urls.map(async (url) => {
        const facts = await readQueue(url);
        return facts ? [{ name: nameIn(url), policy: facts.Policy }] : [];
      });
      return judgePolicies((await Promise.all(queues)).flat());
    },
  };
}

/**
 * Whether the queues' policies let EventBridge send. An endpoint that asks for no policy cannot be told from AWS by
 * looking, so where not one queue has a policy nothing is said but what that would mean.
 */
export function judgePolicies(
  queues: readonly { name: string; policy: string | undefined }[],
): Verdict {
  if (queues.every(({ policy }) => policy === undefined)) {
    return notChecked(
      'no queue has a policy: an endpoint that asks for none',
      'on AWS it would mean that no event arrives anywhere: deploy the stage again',
    );
  }
  const closed = queues.filter(({ policy }) => !letsEventBridgeSend(policy));
  return judge(
    closed.map(({ name }) => `${name} does not let EventBridge send: deploy the stage again`),
    `to ${queues.length} queues`,
  );
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.object({
  Effect: z.string(),
  Principal: z.union([z.string(), z.object({ Service: oneOrMore.optional() })]).optional(),
  Action: oneOrMore.optional(),
});
const policySchema = jsonVariable(
  z.object({
    Statement: z
      .union([statementSchema, z.array(statementSchema)])
      .transform((value) => [value].flat()),
  }),
);

function letsEventBridgeSend(policy: string | undefined): boolean {
  const parsed = policySchema.safeParse(policy);
  return parsed.success && parsed.data.Statement.some(isOpenToEventBridge);
}

function isOpenToEventBridge({ Effect, Principal, Action = [] }: z.infer<typeof statementSchema>) {
  const services = typeof Principal === 'string' ? [Principal] : (Principal?.Service ?? []);
  return (
    Effect === 'Allow' &&
    services.some((service) => ['*', 'events.amazonaws.com'].includes(service)) &&
    Action.some((action) => ['*', 'sqs:*', 'sqs:sendmessage'].includes(action.toLowerCase()))
  );
}
