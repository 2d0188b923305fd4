import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { checkOut } from '../local-run/checkout.ts';
import { seedBuyers } from '../local-run/seed-buyers.ts';
import type { Call } from './call.ts';
import { type Replay, replayCalls } from './replay.ts';
import { type Settled, settlePayments } from './settle-payments.ts';
import type { RecordingCloud } from './start-cloud.ts';
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
  for (const poller of pollers) poller.resume();
  return { settled, calls: calls.length, replay };
}

/** What the calls sent again have put there is not to be worked on. */
async function emptyQueues({ run, sqs }: Bench): Promise<void> {
  for (const { url } of Object.values(run.provisioned.queues)) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
  }
}
