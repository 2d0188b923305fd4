import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createQueue } from '@cloudnestle/provisioning/queues';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import { createFakePlatform } from '@cloudnestle/runtime/testing/fake-platform';
import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { WAIT_MS } from '@cloudnestle/test-kit/nets';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { findFunction } from '@cloudnestle/topology/functions';
import type { SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { countMessages } from './read-queue.ts';
import {
  type EventSource,
  type EventSourceOptions,
  startEventSource,
} from './start-event-source.ts';

let local: TestCloud;
const sources: EventSource[] = [];

beforeAll(async () => {
  local = await startTestCloud({ patience: 1 });
});

afterEach(async () => {
  local.cloud.intercept(undefined);
  await Promise.all(sources.splice(0).map((source) => source.stop({ waitMs: 200 })));
});

afterAll(async () => {
  restoreClock();
  await local.stop();
});

/** Lambda's own longest and shortest timeouts. */
const [LONGEST_SECONDS, SHORTEST_SECONDS] = [900, 1];

const VISIBILITY_SECONDS = 3600;

const succeed = async () => ({ batchItemFailures: [] });

test('ten messages come as one batch, in the shape Lambda gives them, and are deleted', async () => {
  const queue = await createTestQueue();
  await sendMany(queue.url, 10);
  const batches: SQSRecord[][] = [];
  start(queue, async ({ Records }) => {
    batches.push(Records);
    return succeed();
  });

  await waitFor('an empty queue', () => isEmpty(queue.url));
  expect(batches.map((batch) => batch.length)).toEqual([10]);
  expect(batches[0]?.[0]).toMatchObject({
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: 'us-east-1',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
  });
});

test('only the messages that failed come back', async () => {
  const queue = await createTestQueue({ visibilityTimeoutSeconds: VISIBILITY_SECONDS });
  await sendMany(queue.url, 5);
  const seen: string[] = [];
  const { source } = start(queue, async ({ Records }) => {
    seen.push(...Records.map(({ body }) => body));
    const failed = Records.filter(
      ({ body, attributes }) => body === '3' && attributes.ApproximateReceiveCount === '1',
    );
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });

  await waitFor('the others to be deleted', async () => {
    await source.settled();
    return (await countMessages(local.sqs, queue.url)) === 1;
  });
  advanceClock(VISIBILITY_SECONDS * 1000);
  await waitFor('an empty queue', () => isEmpty(queue.url));
  expect(seen.toSorted()).toEqual(['0', '1', '2', '3', '3', '4']);
});

test.each<[string, QueueHandler]>([
  [
    'throws',
    async () => {
      throw new Error('planted');
    },
  ],
  ['answers an unknown id', async () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] })],
  ['does not answer in time', () => new Promise(() => undefined)],
])('nothing of a batch is deleted whose function %s', async (_, misbehave) => {
  const queue = await createTestQueue({ visibilityTimeoutSeconds: VISIBILITY_SECONDS });
  await sendMany(queue.url, 2);
  const attempts: string[] = [];
  const work: QueueHandler = async (event, context) => {
    const [first] = event.Records;
    attempts.push(first?.attributes.ApproximateReceiveCount ?? '');
    return first?.attributes.ApproximateReceiveCount === '1'
      ? misbehave(event, context)
      : succeed();
  };
  const { platform, source } = start(queue, work, {
    definition: { ...findFunction('tiers'), timeoutSeconds: SHORTEST_SECONDS },
  });

  await waitFor('the batch to fail', () =>
    platform.lines.some(({ level, message }) => level === 'error' && message === 'batch failed'),
  );
  await source.settled();
  expect(await countMessages(local.sqs, queue.url)).toBe(2);
  advanceClock(VISIBILITY_SECONDS * 1000);
  await waitFor('an empty queue', () => isEmpty(queue.url));
  expect(attempts.slice(0, 2)).toEqual(['1', '2']);
});

test('the function knows how much time it has left', async () => {
  const queue = await createTestQueue();
  await sendMany(queue.url, 1);
  const remaining: number[] = [];
  start(queue, async (_, context) => {
    remaining.push(context.getRemainingTimeInMillis());
    return succeed();
  });

  await waitFor('an invocation', () => remaining.length > 0);
  expect(remaining[0]).toBeGreaterThan(0);
  expect(remaining[0]).toBeLessThanOrEqual(LONGEST_SECONDS * 1000);
});

test('no more batches run at once than the queue allows', async () => {
  const queue = await createTestQueue();
  await sendMany(queue.url, 6);
  let running = 0;
  let most = 0;
  const hold = Promise.withResolvers<void>();
  start(
    queue,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await hold.promise;
      running -= 1;
      return succeed();
    },
    { batchSize: 1, maximumConcurrency: 2 },
  );

  await waitFor('two batches at work', () => running === 2);
  // Four messages wait in the queue all along: whatever starts a third batch would do it now.
  expect(await countMessages(local.sqs, queue.url)).toBe(6);
  hold.resolve();
  await waitFor('an empty queue', () => isEmpty(queue.url));
  expect(most).toBe(2);
});

test('a batch window gathers messages that come one after the other', async () => {
  const queue = await createTestQueue();
  const sizes: number[] = [];
  start(
    queue,
    async ({ Records }) => {
      sizes.push(Records.length);
      return succeed();
    },
    { batchSize: 3, batchWindowSeconds: 60 },
  );
  for (const body of ['a', 'b', 'c']) await send(queue.url, body);

  await waitFor('an invocation', () => sizes.length > 0);
  expect(sizes).toEqual([3]);
});

test('entries that SQS refuses to delete are tried again', async () => {
  const queue = await createTestQueue();
  await send(queue.url, 'a');
  let refusals = 0;
  local.cloud.intercept(({ operation }) => {
    if (operation !== 'DeleteMessageBatch' || refusals > 0) return undefined;
    refusals += 1;
    return { when: 'before', status: 500, errorType: 'InternalFailure' };
  });
  start(queue, succeed);

  await waitFor('an empty queue', () => isEmpty(queue.url));
  expect(refusals).toBe(1);
});

test('an unreachable queue is said so once, however often it is asked, and works again later', async () => {
  const queue = await createTestQueue();
  let asked = 0;
  local.cloud.intercept(({ operation }) => {
    if (operation !== 'ReceiveMessage') return undefined;
    asked += 1;
    // 403 is nothing the SDK repeats by itself.
    return { when: 'before', status: 403, errorType: 'AccessDenied' };
  });
  const seen: string[] = [];
  const { platform } = start(queue, async ({ Records }) => {
    seen.push(...Records.map(({ body }) => body));
    return succeed();
  });
  await waitFor('three tries', () => asked >= 3);

  local.cloud.intercept(undefined);
  await send(queue.url, 'a');
  await waitFor('the message', () => seen.length > 0);
  const said = platform.lines.filter(({ message }) => message === 'queue unreachable');
  expect(said).toHaveLength(1);
});

test('a paused queue keeps its messages until it is resumed, and they count as first attempts', async () => {
  const queue = await createTestQueue();
  const attempts: string[] = [];
  const { source } = start(queue, async ({ Records }) => {
    attempts.push(...Records.map(({ attributes }) => attributes.ApproximateReceiveCount));
    return succeed();
  });
  await source.pause();
  const polls = local.cloud.calls.count('sqs', 'ReceiveMessage');
  await send(queue.url, 'a');
  expect(await countMessages(local.sqs, queue.url)).toBe(1);
  expect(attempts).toEqual([]);
  expect(local.cloud.calls.count('sqs', 'ReceiveMessage')).toBe(polls);

  source.resume();
  await waitFor('the message', () => attempts.length > 0);
  expect(attempts).toEqual(['1']);
});

test('stopping ends a long poll at once', async () => {
  const queue = await createTestQueue();
  local.cloud.calls.reset();
  const { source } = start(queue, succeed, { longPollSeconds: 20 });
  await waitFor('an open poll', () => local.cloud.calls.count('sqs', 'ReceiveMessage') > 0);
  await source.stop({ waitMs: WAIT_MS });
});

test('stopping waits for a running batch, but not for ever', async () => {
  const quick = await createTestQueue();
  const stuck = await createTestQueue();
  await send(quick.url, 'a');
  await send(stuck.url, 'a');
  const hold = Promise.withResolvers<void>();
  const entered = new Set<string>();
  const first = start(quick, async () => {
    entered.add('quick');
    await hold.promise;
    return succeed();
  });
  const second = start(stuck, async () => {
    entered.add('stuck');
    return new Promise(() => undefined);
  });
  await waitFor('both batches at work', () => entered.size === 2);

  const stopping = first.source.stop({ waitMs: WAIT_MS });
  hold.resolve();
  await stopping;
  expect(await isEmpty(quick.url)).toBe(true);
  await second.source.stop({ waitMs: 20 });
  expect(await isEmpty(stuck.url)).toBe(false);
});

function start(
  queue: { url: string; arn: string },
  handler: QueueHandler,
  overrides: Partial<EventSourceOptions> = {},
) {
  const platform = createFakePlatform();
  const source = startEventSource({
    sqs: local.sqs,
    queueUrl: queue.url,
    queueArn: queue.arn,
    definition: { ...findFunction('tiers'), timeoutSeconds: LONGEST_SECONDS },
    handler,
    log: platform.log,
    nowMs: Date.now,
    newId: randomUUID,
    batchSize: 10,
    batchWindowSeconds: 0,
    maximumConcurrency: 10,
    longPollSeconds: 1,
    ...overrides,
  });
  sources.push(source);
  return { source, platform };
}

function createTestQueue(options: { visibilityTimeoutSeconds?: number } = {}) {
  return createQueue(local.sqs, `test-${randomUUID()}`, { retentionDays: 1, ...options });
}

async function send(queueUrl: string, body: string): Promise<void> {
  await local.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
}

async function sendMany(queueUrl: string, count: number): Promise<void> {
  const Entries = Array.from({ length: count }, (_, index) => ({
    Id: String(index),
    MessageBody: String(index),
  }));
  await local.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}

async function isEmpty(queueUrl: string): Promise<boolean> {
  return (await countMessages(local.sqs, queueUrl)) === 0;
}
