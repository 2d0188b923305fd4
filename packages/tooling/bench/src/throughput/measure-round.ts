import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { buildInvocation, type Invocation } from '../build-invocation.ts';
import { checkOut, type PaidOrder, seedBuyers, settling, waitForEffects } from '../local-run.ts';
import type { Call, RecordingCloud } from './start-cloud.ts';
import { readTables, restoreTables } from './table-contents.ts';

export interface Bench {
  run: LocalRun;
  cloud: RecordingCloud;
  dynamo: DynamoDBDocumentClient;
  sqs: SQSClient;
  /** Sends a recorded call with bare clients. */
  send(call: Call): Promise<unknown>;
  /** Checkouts or webhooks at once. */
  webhooksAtOnce: number;
  /** Bare calls at once. */
  callsAtOnce: number;
}

export interface Round {
  settled: Settled;
  /** Calls to AWS that the payments made. */
  calls: number;
  replay: Replay;
}

/** Settles fresh payments; then everything is put back as it was, and their calls are sent once more. */
export async function measureRound(bench: Bench, payments: number): Promise<Round> {
  const { run, cloud, dynamo, webhooksAtOnce, callsAtOnce } = bench;
  const tables = Object.values(run.topology.tables);
  await restoreTables(dynamo, new Map(tables.map((table) => [table, []])));
  const buyers = await seedBuyers(run, dynamo, payments);
  const orders = await mapConcurrently(buyers, webhooksAtOnce, (buyer) => checkOut(run, buyer));
  await run.idle();
  const before = await readTables(dynamo, tables);
  await cloud.record();
  const settled = await settlePayments(run, orders, webhooksAtOnce);
  const calls = await cloud.stopRecording();
  await run.idle();
  const pollers = Object.values(run.pollers);
  await Promise.all(pollers.map((poller) => poller.pause()));
  await restoreTables(dynamo, before);
  const replay = await replayCalls(calls, bench.send, callsAtOnce);
  await emptyQueues(bench);
  for (const name of settling) run.pollers[name].resume();
  return { settled, calls: calls.length, replay };
}

/** What the calls sent again have put there is not to be worked on. */
async function emptyQueues({ run, sqs }: Bench): Promise<void> {
  for (const { url } of Object.values(run.provisioned.queues)) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
  }
}

export interface Settled {
  /** From the first webhook to the last effect of all. */
  durationMs: number;
  /** Webhooks and records that did not succeed at once. */
  repeated: number;
}

const TIMEOUT_MS = 120_000;

/** Delivers the orders' webhooks, `concurrency` at a time, and waits for every effect. */
export async function settlePayments(
  run: LocalRun,
  orders: readonly PaidOrder[],
  concurrency: number,
): Promise<Settled> {
  const invocations = await Promise.all(orders.map(buildInvocation));
  const retriedBefore = run.timeline.counted('RecordRetried');
  const startedAtMs = Date.now();
  const ids = orders.map(({ transactionId }) => transactionId);
  const [lastAtMs, tries] = await Promise.all([
    waitForEffects(run.timeline, ids, { timeoutMs: TIMEOUT_MS }),
    mapConcurrently(invocations, concurrency, (invocation) => deliver(run, invocation)),
  ]);
  const webhooksRepeated = tries.reduce((sum, count) => sum + count, 0) - orders.length;
  return {
    durationMs: lastAtMs - startedAtMs,
    repeated: run.timeline.counted('RecordRetried') - retriedBefore + webhooksRepeated,
  };
}

const TRIES = 5;

/**
 * Delivers one webhook and returns how many tries it took. As the gateway does, it comes back after a 503: the answer of
 * a machine too busy for the webhook's deadline.
 */
async function deliver(run: LocalRun, { event, context }: Invocation): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const { statusCode } = await run.handlers.webhook(event, context);
    if (statusCode === 200) return tries;
    if (statusCode !== 503 || tries === TRIES) {
      throw new Error(`the webhook answered ${statusCode}`);
    }
  }
}

interface Replay {
  durationMs: number;
  /** Calls that AWS refused: conditional writes that raced with one another. */
  refused: number;
}

/** Sends recorded calls again in their order, `concurrency` at a time. */
async function replayCalls(
  calls: readonly Call[],
  send: (call: Call) => Promise<unknown>,
  concurrency: number,
): Promise<Replay> {
  let refused = 0;
  const startedAt = performance.now();
  await mapConcurrently(calls, concurrency, async (call) => {
    try {
      await send(call);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException'))
        throw error;
      refused += 1;
    }
  });
  return { durationMs: performance.now() - startedAt, refused };
}
