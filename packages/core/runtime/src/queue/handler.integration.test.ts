import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { keepTimeLimits } from '@cloudnestle/test-kit/keep-time-limits';
import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PermanentError } from '../errors.ts';
import { createFakePlatform } from '../testing/fake-platform.ts';
import { buildContext, buildRecord, invokeQueue } from '../testing/invoke.ts';
import { buildQueueHandler, queueDependencies, queueEnvironmentShape } from './handler.ts';
import type { RecordOutcome } from './subscriber.ts';

let cloud: TestCloud;
let platform = createFakePlatform();

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  platform = createFakePlatform();
  cloud.cloud.intercept(undefined);
  cloud.cloud.calls.reset();
});
afterAll(() => cloud.stop());

function subscribe(handle: (transactionId: string) => Promise<RecordOutcome>, retryScale = 0) {
  const environment = testEnvironment(cloud, 'tiers', { retryScale });
  const config = z.object(queueEnvironmentShape).parse(environment);
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: 'tiers',
    contracts: [paymentCompleted],
    handle: (event) => handle(event.data.transactionId),
  });
}

const applied = async (): Promise<RecordOutcome> => ({ kind: 'applied' });
const failing = async (): Promise<RecordOutcome> => {
  throw new Error('the table of buyer@example.com is gone');
};

it('reports a record that worked as done, with one summary line', async () => {
  const event = sampleCompleted();
  const answer = await invokeQueue(subscribe(applied), [buildRecord(event)]);
  expect(answer.batchItemFailures).toEqual([]);
  expect(platform.summaries()).toEqual([
    expect.objectContaining({
      unit: 'tiers',
      outcome: 'applied',
      attempt: 1,
      eventId: event.detail.metadata.eventId,
      transactionId: event.detail.data.transactionId,
      detailType: 'PaymentCompleted',
    }),
  ]);
});

it('lets three bad records of ten fail alone and settles the other seven', async () => {
  const bad = new Set<string>();
  const records = Array.from({ length: 10 }, (_, index) => {
    const event = sampleCompleted();
    if (index % 4 === 0) bad.add(event.detail.data.transactionId);
    return buildRecord(event);
  });
  const handler = subscribe(async (id) => (bad.has(id) ? failing() : applied()));
  const answer = await invokeQueue(handler, records);
  expect(answer.batchItemFailures).toHaveLength(3);
  expect(platform.summaries().filter((line) => line.outcome === 'applied')).toHaveLength(7);
});

it('does not throw for the batch even if every record fails', async () => {
  const records = [buildRecord(sampleCompleted()), buildRecord(sampleCompleted())];
  const answer = await invokeQueue(subscribe(failing), records);
  expect(answer.batchItemFailures.map((failure) => failure.itemIdentifier).sort()).toEqual(
    records.map((record) => record.messageId).sort(),
  );
});

it('puts a failed record off by the retry plan, on that record only', async () => {
  const asked: unknown[] = [];
  cloud.cloud.intercept((call) => {
    if (call.operation === 'ChangeMessageVisibility') asked.push(call.body);
    return undefined;
  });
  await invokeQueue(subscribe(failing, 1), [
    buildRecord(sampleCompleted(), { attempt: 3, receiptHandle: 'this-one' }),
  ]);
  expect(asked).toEqual([
    expect.objectContaining({ ReceiptHandle: 'this-one', VisibilityTimeout: expect.any(Number) }),
  ]);
  const [line] = platform.summaries();
  expect(line).toMatchObject({ outcome: 'retry', attempt: 3 });
  expect(Number(line?.retryInSeconds)).toBeGreaterThanOrEqual(45);
  expect(Number(line?.retryInSeconds)).toBeLessThanOrEqual(90);
});

it('still reports the failure when the visibility cannot be changed', async () => {
  cloud.cloud.intercept((call) =>
    call.operation === 'ChangeMessageVisibility'
      ? { when: 'before', status: 400, errorType: 'ReceiptHandleIsInvalid' }
      : undefined,
  );
  const answer = await invokeQueue(subscribe(failing), [buildRecord(sampleCompleted())]);
  expect(answer.batchItemFailures).toHaveLength(1);
});

it('dead-letters a record at its eighth attempt, with the reason and without the person', async () => {
  const event = sampleCompleted();
  const answer = await invokeQueue(subscribe(failing), [
    buildRecord(event, { attempt: 8, attributes: { replayedBy: 'ops', replayCount: '1' } }),
  ]);
  expect(answer.batchItemFailures).toEqual([]);
  const letters = await cloud.receive('tiers', 'deadLetterQueue');
  expect(letters).toHaveLength(1);
  const attributes = Object.fromEntries(
    Object.entries(letters[0]?.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      value.StringValue,
    ]),
  );
  expect(attributes).toEqual({
    failureKind: 'exhausted',
    failureReason: 'Error: the table of [address] is gone',
    attempts: '8',
    firstFailedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    lastFailedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    eventId: event.detail.metadata.eventId,
    replayedBy: 'ops',
    replayCount: '1',
  });
  expect(platform.counted('RecordDeadLettered')).toBe(1);
});

describe('attributes that others gave a message', () => {
  const complaints = () =>
    platform.lines.flatMap(({ message, fields }) =>
      message === 'attributes not kept' ? [fields.reason] : [],
    );
  const given = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`other${at}`, `value ${at}`]));
  const giveUpOn = async (attributes: Record<string, string>) => {
    await invokeQueue(subscribe(failing), [
      buildRecord(sampleCompleted(), { attempt: 8, attributes }),
    ]);
    const [letter] = await cloud.receive('tiers', 'deadLetterQueue');
    return letter?.MessageAttributes ?? {};
  };
  const replay = {
    replayedBy: 'ops',
    replayedAt: '2026-11-23T12:00:00.000Z',
    replayCount: '1',
  };

  it('stay with it in the dead-letter queue, whatever their type', async () => {
    const record = buildRecord(sampleCompleted(), { attempt: 8 });
    record.messageAttributes = {
      ...record.messageAttributes,
      count: { dataType: 'Number.int', stringValue: '7' },
      seal: { dataType: 'Binary', binaryValue: Buffer.of(0, 255).toString('base64') },
    };
    await invokeQueue(subscribe(failing), [record]);
    const [letter] = await cloud.receive('tiers', 'deadLetterQueue');
    expect(letter?.MessageAttributes).toMatchObject({
      failureKind: { StringValue: 'exhausted' },
      count: { DataType: 'Number.int', StringValue: '7' },
      seal: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    });
  });

  it('come before who replayed it where SQS, which takes ten, has no room for both', async () => {
    const names = Object.keys(await giveUpOn({ ...given(3), ...replay }));
    expect(names).toHaveLength(10);
    expect(names).toEqual(
      expect.arrayContaining(['failureReason', 'attempts', 'other0', 'other2', 'replayedAt']),
    );
    expect(complaints()).toEqual([]);
  });

  it('are named in the log where there are more than fit beside the reason', async () => {
    const letter = await giveUpOn({ ...given(7), ...replay });
    expect(Object.keys(letter)).toHaveLength(10);
    expect(letter.failureReason?.StringValue).toContain('[address]');
    expect(complaints()).toEqual(['SQS takes ten: no room for other5, other6']);
  });
});

it.each([
  ['no JSON', { body: '{"half' }, 'the message is no JSON'],
  ['no event', { body: '{}' }, 'the message is no event of the bus'],
  ['an event of another kind', sampleFailed(), 'no contract here for detail type "PaymentFailed"'],
  [
    'an event without its order',
    { detailType: 'PaymentCompleted', detail: { metadata: {}, data: {} } },
    'schema mismatch in PaymentCompleted',
  ],
])('dead-letters poison at once: %s', async (_what, message, reason) => {
  const answer = await invokeQueue(subscribe(applied), [buildRecord(message)]);
  expect(answer.batchItemFailures).toEqual([]);
  const [letter] = await cloud.receive('tiers', 'deadLetterQueue');
  expect(letter?.MessageAttributes?.failureKind?.StringValue).toBe('permanent');
  expect(letter?.MessageAttributes?.failureReason?.StringValue).toContain(reason);
});

it('dead-letters at once what the use case calls hopeless', async () => {
  const handler = subscribe(() => Promise.reject(new PermanentError('no user row for u-1')));
  await invokeQueue(handler, [buildRecord(sampleCompleted())]);
  const [letter] = await cloud.receive('tiers', 'deadLetterQueue');
  expect(letter?.MessageAttributes?.failureReason?.StringValue).toBe('no user row for u-1');
});

it('keeps a record whose dead letter cannot be sent: nothing is lost', async () => {
  cloud.cloud.intercept((call) =>
    call.operation === 'SendMessage'
      ? { when: 'before', status: 500, errorType: 'InternalFailure' }
      : undefined,
  );
  const answer = await invokeQueue(subscribe(failing), [
    buildRecord(sampleCompleted(), { attempt: 8 }),
  ]);
  expect(answer.batchItemFailures).toHaveLength(1);
  expect(platform.counted('DeadLetterNotSent')).toBe(1);
  expect(platform.summaries().at(-1)?.reason).toContain('dead letter not sent');
});

it('ends a hanging record inside the function’s time, and the others of its batch are done', async () => {
  keepTimeLimits();
  const slow = sampleCompleted();
  const handler = subscribe((id) =>
    id === slow.detail.data.transactionId ? new Promise(() => undefined) : applied(),
  );
  const records = [buildRecord(slow), buildRecord(sampleCompleted())];
  const answer = await invokeQueue(handler, records, buildContext({ timeoutMs: 2200 }));
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: records[0]?.messageId }]);
});

it('carries an event of a batch through a real queue unchanged', async () => {
  const event = sampleCompleted();
  const queue = cloud.provisioned.queues.tiers;
  await cloud.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queue?.url,
      Entries: [{ Id: '1', MessageBody: buildRecord(event).body }],
    }),
  );
  const [message] = await cloud.receive('tiers', 'queue');
  const seen: string[] = [];
  const handler = subscribe(async (id) => {
    seen.push(id);
    return applied();
  });
  await invokeQueue(handler, [buildRecord({ body: message?.Body ?? '' })]);
  expect(seen).toEqual([event.detail.data.transactionId]);
});
