import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Choice } from '../aws/aws.ts';
import { createAws, type SimulatedAws } from '../aws/create-aws.ts';
import type { Delivery } from '../aws/event-bridge.ts';
import type { Chance } from '../chance/create-chance.ts';
import type { Faults } from '../faults/create-faults.ts';
import { gatewaySecret, tokenSecret } from '../gateway/credentials.ts';
import type { AcceptedEvent, Watch } from '../parts/watch.ts';
import type { Actor } from '../time/actor.ts';
import type { Scheduler } from '../time/scheduler.ts';

/** How far an index and an eventually consistent read may be behind. */
const LAG_MS = 1_500;
const DELIVERY_MS = 150;
const LATEST_DELIVERY_MS = 12 * 60_000;

export interface AwsInWorldDependencies {
  scheduler: Scheduler;
  chance: Chance;
  faults: Faults;
  watch: Watch;
  network: Actor;
  /** Something came into a live queue, or will come back sooner. */
  wake(queue: string): void;
}

/** The account in memory: what it leaves to chance is chosen here, what takes time is a step here. */
export function createAwsInWorld(deps: AwsInWorldDependencies): SimulatedAws {
  const { scheduler, watch, faults, wake } = deps;
  const aws = createAws({
    now: () => scheduler.nowMs(),
    choose: (count, choice) => choose(deps, count, choice),
    lagMs: LAG_MS,
    onChange: watch.changed,
    onMail: watch.mailed,
    onDelivery: (delivery) => deliver(deps, delivery),
    refuse: () => {
      if (!faults.happens('failedEntry', 'events', 0.5, 'PutEvents')) return undefined;
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'Try again.' };
    },
    onLost: (queue, message) => watch.messageLost(queue, message),
  });
  aws.secrets.rotate(topology.secrets.gatewayCredentials, gatewaySecret);
  aws.secrets.rotate(topology.secrets.tokenSecret, tokenSecret);
  const { execute } = aws.sqs;
  const wakingSqs = {
    ...aws.sqs,
    execute: (commandName: string, input: unknown): unknown => {
      const answer = execute(commandName, input);
      if (commandName === 'SendMessageCommand') {
        watch.messageSent(queueOf(input), bodyOf(input), attributesOf(input));
      }
      if (wakers.has(commandName)) wake(queueOf(input));
      return answer;
    },
  };
  return { ...aws, sqs: wakingSqs };
}

const wakers: ReadonlySet<string> = new Set([
  'SendMessageCommand',
  'SendMessageBatchCommand',
  'ChangeMessageVisibilityCommand',
  'ChangeMessageVisibilityBatchCommand',
]);

function queueOf(input: unknown): string {
  const url =
    typeof input === 'object' && input !== null && 'QueueUrl' in input ? input.QueueUrl : '';
  return String(url).split('/').at(-1) ?? '';
}

function bodyOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'MessageBody' in input
    ? String(input.MessageBody)
    : '';
}

const sentSchema = z.object({
  MessageAttributes: z.record(z.string(), z.object({ StringValue: z.string().catch('') })),
});

function attributesOf(input: unknown): Record<string, string> {
  const { MessageAttributes = {} } = sentSchema.safeParse(input).data ?? {};
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
}

function choose({ chance, faults }: AwsInWorldDependencies, count: number, choice: Choice): number {
  switch (choice) {
    case 'message-duplicate':
      return faults.happens('deliveredTwice', 'sqs', 0.3, 'queue') ? 1 : 0;
    case 'message-order':
      return chance.isHit(0.7) ? 0 : chance.below(count);
    case 'version-read':
    case 'version-in-index':
      return chance.below(count);
  }
}

const map = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null,
);
const detailSchema = z.object({
  metadata: z.object({ eventId: z.string(), correlationId: z.string() }),
  data: map,
});

type ReadEvent = Omit<AcceptedEvent, 'queue'>;
/** The same event goes to several queues. */
const readEvents = new WeakMap<object, ReadEvent>();

function readEvent(event: Delivery['event']): ReadEvent {
  const known = readEvents.get(event);
  if (known) return known;
  const { metadata, data } = detailSchema.parse(event.detail);
  const read = { type: event['detail-type'], ...metadata, data };
  readEvents.set(event, read);
  return read;
}

/** An event goes from a rule to a queue: soon, late, twice, or not at all, and then into the delivery dead-letter queue. */
function deliver(deps: AwsInWorldDependencies, delivery: Delivery): void {
  const { scheduler, chance, faults, network, watch, wake } = deps;
  const { queue } = delivery;
  watch.eventAccepted({ queue, ...readEvent(delivery.event) });
  const once = (delayMs: number) =>
    scheduler.after(delayMs, network, () => {
      delivery.deliver();
      wake(queue);
    });
  const isLate = faults.happens('eventDelayed', 'events', 0.5, queue);
  const delayMs = isLate ? chance.fraction() * LATEST_DELIVERY_MS : chance.latencyMs(DELIVERY_MS);
  if (faults.happens('eventUndeliverable', 'events', 0.1, queue)) {
    scheduler.after(delayMs, network, () =>
      delivery.giveUp({ code: 'THROTTLING', message: 'Rate exceeded', retries: 185 }),
    );
    return;
  }
  once(delayMs);
  if (faults.happens('eventTwice', 'events', 0.5, queue))
    once(delayMs + chance.fraction() * 60_000);
}
