import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { topology } from '@cloudnestle/topology/topology';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { outcomeOf, runs } from './testing/compare.ts';
import { createQuietAws } from './testing/create-quiet-aws.ts';

let cloud: TestCloud;
let client: EventBridgeClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  client = new EventBridgeClient({ maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
});

const detailTypes = [...new Set(topology.subscriptions.flatMap((each) => each.detailTypes))];
const mostly = <T>(right: fc.Arbitrary<T>, ...wrong: (T | undefined)[]) =>
  fc.oneof({ weight: 8, arbitrary: right }, { weight: 1, arbitrary: fc.constantFrom(...wrong) });

const anyEntry = fc.record({
  Source: mostly(fc.constant(topology.bus.source), 'another.shop', 'aws.s3', '', undefined),
  DetailType: mostly(fc.constantFrom<string[]>(...detailTypes), 'Other', '', 'x'.repeat(129)),
  Detail: mostly(
    fc.jsonValue().map((data) => JSON.stringify({ metadata: {}, data })),
    ...['[]', 'text', '1', '', undefined],
  ),
  EventBusName: mostly(
    fc.constantFrom<string[]>(
      topology.bus.name,
      `arn:aws:events:us-east-1:000000000000:event-bus/${topology.bus.name}`,
    ),
    ...['nowhere', undefined],
  ),
  Resources: fc.constantFrom<(string[] | undefined)[]>([], ['arn:aws:s3:::bucket'], undefined),
  Time: fc.constantFrom(new Date('2026-01-31T10:00:00.900Z'), undefined),
});

const envelopeSchema = z.looseObject({ id: z.string(), time: z.string() });

it('EventBridge in memory takes the same entries as the emulator and sends them to the same queues', async () => {
  const clock = { now: 0 };
  const { events, sqs } = createQuietAws({ clock });
  /** What is in a queue, without what differs: ids, and the times that no entry gave. */
  const known = (body: string) => {
    const { id: _, time, ...rest } = envelopeSchema.parse(JSON.parse(body));
    return JSON.stringify({ ...rest, isGiven: time === '2026-01-31T10:00:00Z' });
  };
  const anyEntries = fc.array(anyEntry, { maxLength: 11, size: 'max' });
  await fc.assert(
    fc.asyncProperty(anyEntries, async (Entries) => {
      // A queue is purged at most once a minute.
      clock.now += 60_000;
      const model = await outcomeOf(() => events.execute('PutEventsCommand', { Entries }));
      const emulator = await outcomeOf(() => client.send(new PutEventsCommand({ Entries })));
      expect(withoutIds(model)).toEqual(withoutIds(emulator));
      for (const { subscriber, queue } of topology.subscriptions) {
        const inModel = [...sqs.messages(queue)].map(({ body }) => known(body)).sort();
        sqs.execute('PurgeQueueCommand', { QueueUrl: sqs.urlOf(queue) });
        const inEmulator: string[] = [];
        const received = async () => {
          inEmulator.push(...(await takeAll(subscriber)).map(known));
          return inEmulator.toSorted();
        };
        await expect.poll(received).toEqual(inModel);
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
});

function withoutIds(outcome: unknown): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value) =>
      key === 'EventId' ? 'an id' : key === 'ErrorMessage' ? 'words' : value,
    ),
  );
}

async function takeAll(subscriber: (typeof topology.subscriptions)[number]['subscriber']) {
  const messages = await cloud.receive(subscriber, 'queue');
  const QueueUrl = cloud.provisioned.queues[subscriber]?.url;
  for (let at = 0; at < messages.length; at += 10) {
    const Entries = messages
      .slice(at, at + 10)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await cloud.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
  return messages.map(({ Body = '' }) => Body);
}
