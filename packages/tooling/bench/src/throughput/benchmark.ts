import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startLocalRun } from '@cloudnestle/dev/start';
import type { BenchmarkOptions, Findings } from '../benchmark.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { type Bench, measureRound, type Round } from './measure-round.ts';
import { createCallSender } from './send-call.ts';
import { type RecordingCloud, startRecordingCloud } from './start-cloud.ts';

const PAYMENTS = 100;
/** Small rounds first: the code gets warm, and nothing runs into a timeout meanwhile. */
const WARM_UP = [20, 50];
const WEBHOOKS_AT_ONCE = 16;
/** More than the webhooks: their effects run beside them. Beyond this the endpoint answers no faster. */
const CALLS_AT_ONCE = 64;

/** Payments settled per second, over what the very calls they made reach when nothing of ours is around them. */
export async function measureThroughput(options: BenchmarkOptions): Promise<Findings> {
  const cloud = await startRecordingCloud();
  try {
    return await measureOn(cloud, options);
  } finally {
    cloud.stop();
  }
}

async function measureOn(cloud: RecordingCloud, options: BenchmarkOptions): Promise<Findings> {
  const run = await startLocalRun({
    endpointUrl: cloud.endpoint,
    log: () => undefined,
    demoData: false,
    schedules: 'by hand',
    // A record that failed for want of time comes back at once: waiting is not what is measured.
    retryScale: 0,
  });
  try {
    // The four effects are measured; an invoice is more work, with a benchmark of its own.
    await run.pollers.invoices.pause();
    return await measureRounds(
      {
        run,
        cloud,
        dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({})),
        sqs: new SQSClient({ useQueueUrlAsEndpoint: false }),
        send: createCallSender(),
        webhooksAtOnce: WEBHOOKS_AT_ONCE,
        callsAtOnce: CALLS_AT_ONCE,
      },
      options,
    );
  } finally {
    await run.stop();
  }
}

async function measureRounds(
  bench: Bench,
  { quick, progress }: BenchmarkOptions,
): Promise<Findings> {
  const sizes = [...WARM_UP, ...Array.from({ length: quick ? 2 : 12 }, () => PAYMENTS)];
  const rounds: Round[] = [];
  for (const [index, payments] of sizes.entries()) {
    rounds.push(await measureRound(bench, payments));
    progress((index + 1) / sizes.length);
  }
  return toFindings(rounds.slice(WARM_UP.length));
}

function toFindings(rounds: readonly Round[]): Findings {
  const perSecond = (ms: number) => (PAYMENTS * 1000) / ms;
  const pairs = rounds.map(
    ({ settled, replay }) => [perSecond(settled.durationMs), perSecond(replay.durationMs)] as const,
  );
  const perRound = (count: (round: Round) => number) =>
    rounds.reduce((sum, round) => sum + count(round), 0) / rounds.length;
  const calls = (perRound((round) => round.calls) / PAYMENTS).toFixed(1);
  const repeated = perRound(({ settled }) => settled.repeated).toFixed(1);
  const refused = perRound(({ replay }) => replay.refused).toFixed(1);
  return {
    measures: [
      {
        what: 'settled payments',
        unit: 'payments/s',
        measured: median(pairs.map(([settled]) => settled)),
        baseline: median(pairs.map(([, bare]) => bare)),
        ratio: spreadOfRatios(pairs),
        goal: { atLeast: 0.6 },
      },
    ],
    notes: [
      `${rounds.length} rounds of ${PAYMENTS} payments, ${WEBHOOKS_AT_ONCE} webhooks at once, until all four effects of all are done (${repeated} webhooks or records tried again per round); bare: the same ${calls} AWS calls per payment sent again from the same tables, ${CALLS_AT_ONCE} at once, nothing around them (${refused} refused per round); the cloud in another process.`,
    ],
  };
}
