import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type LocalRun, startLocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import type { BenchmarkOptions, Findings, Goal, Measure } from '../benchmark.ts';
import { checkOut, seedBuyers } from '../local-run.ts';
import { median, spreadOfRatios, takeTurns } from '../statistics.ts';
import { settlePayments } from '../throughput/measure-round.ts';
import { type RecordingCloud, startRecordingCloud } from '../throughput/start-cloud.ts';
import { restoreTables } from '../throughput/table-contents.ts';
import { createSettleInARow, type SettleInARow } from './settle-in-a-row.ts';

const PAYMENTS = 100;
/** Small rounds first: the code gets warm, and nothing runs into a timeout meanwhile. */
const WARM_UP = [20, 50];
const WEBHOOKS_AT_ONCE = 16;
/** What SES takes in earnest. */
const SLOW_MAIL_MS = 100;

/** Payments settled per second beside the replaced system, whose webhook did all calls in a row, on the same services. */
export async function measureMonolith(options: BenchmarkOptions): Promise<Findings> {
  const cloud = await startRecordingCloud();
  try {
    const run = await startLocalRun({
      endpointUrl: cloud.endpoint,
      log: () => undefined,
      demoData: false,
      schedules: 'by hand',
      retryScale: 0,
    });
    try {
      // The replaced system wrote no invoices.
      await run.pollers.invoices.pause();
      return await measureOn({ run, cloud, settleInARow: createSettleInARow(run) }, options);
    } finally {
      await run.stop();
    }
  } finally {
    cloud.stop();
  }
}

interface Bench {
  run: LocalRun;
  cloud: RecordingCloud;
  settleInARow: SettleInARow;
}

async function measureOn(bench: Bench, { quick, progress }: BenchmarkOptions): Promise<Findings> {
  const rounds = quick ? 2 : 8;
  const mails = [
    { ms: 0, goal: { atLeast: 0.8 }, name: '' },
    { ms: SLOW_MAIL_MS, goal: { atLeast: 1.2 }, name: `, mails at ${SLOW_MAIL_MS} ms` },
  ];
  const steps = mails.length * (WARM_UP.length + rounds);
  let done = 0;
  const measures: Measure[] = [];
  for (const { ms, goal, name } of mails) {
    await bench.cloud.delayMails(ms);
    const pairs: [Settled, Settled][] = [];
    for (const [round, payments] of [
      ...WARM_UP,
      ...Array.from({ length: rounds }, () => PAYMENTS),
    ].entries()) {
      const pair = await takeTurns(
        round,
        () => settleOurs(bench, payments),
        () => settleTheirs(bench, payments),
      );
      if (round >= WARM_UP.length) pairs.push(pair);
      done += 1;
      progress(done / steps);
    }
    measures.push(...toMeasures(pairs, { goal, name }));
  }
  return {
    measures,
    notes: [
      `${rounds} rounds of ${PAYMENTS} payments by each in turn, ${WEBHOOKS_AT_ONCE} webhooks at once, until all is done; the stand-in of the replaced system: two reads, five writes and one mail with SDK clients, in a row, no question to the gateway and no condition; invoices wait. The cloud in another process, the gateway's sandbox and the event sources in ours, so their time counts as ours.`,
    ],
  };
}

interface Settled {
  perSecond: number;
  /** Of this process, user and system, for each payment. */
  processorMs: number;
}

async function settleOurs({ run }: Bench, payments: number): Promise<Settled> {
  const { orders } = await prepare(run, payments);
  return measure(payments, async () => {
    await settlePayments(run, orders, WEBHOOKS_AT_ONCE);
  });
}

async function settleTheirs({ run, settleInARow }: Bench, payments: number): Promise<Settled> {
  const { orders, buyers } = await prepare(run, payments);
  const work = orders.flatMap((order, index) => {
    const buyer = buyers[index];
    return buyer ? [{ order, buyer }] : [];
  });
  return measure(payments, async () => {
    await mapConcurrently(work, WEBHOOKS_AT_ONCE, settleInARow);
  });
}

/** Fresh buyers with an order each, paid at the gateway, and nothing left to do. */
async function prepare(run: LocalRun, payments: number) {
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const tables = Object.values(run.topology.tables);
  await restoreTables(dynamo, new Map(tables.map((table) => [table, []])));
  const buyers = await seedBuyers(run, dynamo, payments);
  const orders = await mapConcurrently(buyers, WEBHOOKS_AT_ONCE, (buyer) => checkOut(run, buyer));
  await run.idle();
  // What waits there for its invoice is no part of the next round.
  await sqs.send(new PurgeQueueCommand({ QueueUrl: run.provisioned.queues.invoices?.url }));
  return { buyers, orders };
}

async function measure(payments: number, work: () => Promise<void>): Promise<Settled> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: payments / seconds, processorMs: (user + system) / 1000 / payments };
}

function toMeasures(
  pairs: readonly (readonly [Settled, Settled])[],
  { goal, name }: { goal: Goal; name: string },
): Measure[] {
  const compare = (what: string, unit: Measure['unit'], of: (settled: Settled) => number) => {
    const numbers = pairs.map(([ours, theirs]) => [of(ours), of(theirs)] as const);
    return {
      what: `${what}${name}`,
      unit,
      measured: median(numbers.map(([ours]) => ours)),
      baseline: median(numbers.map(([, theirs]) => theirs)),
      ratio: spreadOfRatios(numbers),
    };
  };
  return [
    {
      ...compare(
        'settled payments beside the replaced system',
        'payments/s',
        ({ perSecond }) => perSecond,
      ),
      goal,
    },
    compare('processor time of a settled payment', 'ms', ({ processorMs }) => processorMs),
  ];
}
