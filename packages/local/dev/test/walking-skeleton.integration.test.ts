import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { deadLetterAttributesSchema } from '@cloudnestle/contracts/dead-letter';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { createPublisher } from '@cloudnestle/runtime/bus';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { buildQueueHandler } from '@cloudnestle/runtime/queue/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { findFunction } from '@cloudnestle/topology/functions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countMessages, readQueueArn } from '../src/event-source/read-queue.ts';
import { type EventSource, startEventSource } from '../src/event-source/start-event-source.ts';

let local: TestCloud;
let tiers: { url: string; deadLetterUrl: string };
let source: EventSource;
const seen: string[] = [];
const subscriber = { isBroken: true };

beforeAll(async () => {
  local = await startTestCloud();
  const { sqs, provisioned, topology } = local;
  const found = provisioned.queues.tiers;
  const subscription = topology.subscriptions.find((each) => each.subscriber === 'tiers');
  if (!found || !subscription) throw new Error('the topology has no tiers');
  tiers = found;
  const platform = createFakePlatform();
  const handler = buildQueueHandler(
    {
      platform,
      sqs: createSqsClient(),
      queueUrl: tiers.url,
      deadLetterQueueUrl: tiers.deadLetterUrl,
      retryScale: 0,
    },
    {
      unit: 'tiers',
      contracts: [paymentCompleted],
      handle: async (event) => {
        if (subscriber.isBroken) throw new PermanentError('the user does not exist');
        seen.push(event.metadata.eventId);
        return { kind: 'applied' };
      },
    },
  );
  source = startEventSource({
    ...subscription,
    sqs,
    queueUrl: tiers.url,
    queueArn: await readQueueArn(sqs, tiers.url),
    definition: findFunction('tiers'),
    handler,
    log: platform.log,
    nowMs: Date.now,
    newId: platform.newId,
  });
});

afterAll(async () => {
  await source?.stop({ waitMs: 500 });
  await local?.stop();
});

test('an event goes over bus, rule and queue to a subscriber, into its DLQ with the reason, and back', async () => {
  const event = sampleCompleted();
  const publish = createPublisher({
    client: local.events,
    busName: local.topology.bus.name,
    random: Math.random,
  });

  expect(await publish(event)).toMatchObject({ kind: 'published' });

  const letter = await waitFor('the event in the dead-letter queue', receiveLetter);
  expect(reasonOf(letter)).toMatchObject({
    failureKind: 'permanent',
    failureReason: 'the user does not exist',
    attempts: '1',
    eventId: event.detail.metadata.eventId,
  });
  await waitFor('an empty queue', async () => (await count(tiers.url)) === 0);

  subscriber.isBroken = false;
  await putBack(letter);

  await waitFor('the event to succeed', () => seen.length > 0);
  expect(seen).toEqual([event.detail.metadata.eventId]);
  await waitFor('both queues empty', async () => {
    return (await count(tiers.url)) + (await count(tiers.deadLetterUrl)) === 0;
  });
});

async function receiveLetter(): Promise<Message | undefined> {
  const answer = await local.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: tiers.deadLetterUrl, MessageAttributeNames: ['All'] }),
  );
  return answer.Messages?.[0];
}

function reasonOf(letter: Message) {
  const attributes = Object.entries(letter.MessageAttributes ?? {});
  return deadLetterAttributesSchema.parse(
    Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue])),
  );
}

/** A replay by hand: SQS's own redrive tasks are no part of every endpoint. */
async function putBack(letter: Message): Promise<void> {
  await local.sqs.send(new SendMessageCommand({ QueueUrl: tiers.url, MessageBody: letter.Body }));
  await local.sqs.send(
    new DeleteMessageCommand({
      QueueUrl: tiers.deadLetterUrl,
      ReceiptHandle: letter.ReceiptHandle,
    }),
  );
}

function count(queueUrl: string): Promise<number> {
  return countMessages(local.sqs, queueUrl);
}
