import { CONCURRENCY } from '@cloudnestle/operations/sweep/dependencies';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { createBareStatus } from '../bare-status.ts';
import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { median, spreadOfRatios, takeTurns } from '../statistics.ts';
import { dueOrderId } from './rows.ts';
import { startCloud } from './start-cloud.ts';
import { type SweptGateway, startGateway } from './start-gateway.ts';
import { type Sweeper, startSweeper } from './start-sweeper.ts';

const ORDERS = 200;
/** Stands for a gateway on the internet; the sandbox itself answers in well under a millisecond. */
const LATENCY_MS = 60;
const WARM_UP_ROUNDS = 5;

/** Orders that a sweep asks about per second, over what the bare status calls reach with as many at once. */
export async function measureSweep({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const gateway = await startGateway(ORDERS);
  const cloud = await startCloud({ due: ORDERS, closed: 0, gatewayUrl: gateway.url });
  try {
    const sides: Sides = {
      gateway,
      sweeper: await startSweeper(cloud, ORDERS),
      askBare: await createBareStatus(gateway.url),
      orders: ORDERS,
    };
    const rounds = quick ? 4 : 30;
    const total = WARM_UP_ROUNDS + 2 * rounds;
    const measure = (before: number, latencyMs: number, count: number) =>
      measureSeries(sides, { latencyMs, rounds: count }, (done) =>
        progress((before + done) / total),
      );
    await measure(0, 0, WARM_UP_ROUNDS);
    const atOnce = await measure(WARM_UP_ROUNDS, 0, rounds);
    const late = await measure(WARM_UP_ROUNDS + rounds, LATENCY_MS, rounds);
    return toFindings(late, atOnce);
  } finally {
    cloud.stop();
    gateway.stop();
  }
}

function toFindings(late: Series, atOnce: Series): Findings {
  return {
    measures: [
      {
        ...toMeasure(`swept orders, gateway answering after ${LATENCY_MS} ms`, late),
        goal: { atLeast: 0.7 },
      },
      toMeasure('swept orders, gateway answering at once', atOnce),
    ],
    notes: [
      `${late.length} rounds of ${ORDERS} due orders each, ${CONCURRENCY} at once on both sides; every order is claimed in the table, asked about and still pending; bare: the same status calls with a keep-alive agent; cloud and sandbox each in another process, no rate limit.`,
      `the sandbox is made to answer a status call after ${LATENCY_MS} ms, standing for a gateway on the internet. Without that it answers faster than the table, and the claims are most of the time: that ratio has no goal.`,
    ],
  };
}

function toMeasure(what: string, series: Series): Measure {
  const pairs = series.map(
    ([sweptMs, bareMs]) => [(ORDERS * 1000) / sweptMs, (ORDERS * 1000) / bareMs] as const,
  );
  return {
    what,
    unit: 'orders/s',
    measured: median(pairs.map(([swept]) => swept)),
    baseline: median(pairs.map(([, bare]) => bare)),
    ratio: spreadOfRatios(pairs),
  };
}

export interface Sides {
  gateway: SweptGateway;
  sweeper: Sweeper;
  askBare(merchantOrderId: string): Promise<void>;
  /** How many orders there are, in the table and at the gateway. */
  orders: number;
}

/** The milliseconds of both sides, round by round. */
export type Series = [sweptMs: number, bareMs: number][];

/** Asks about all orders again and again, by a sweep and by bare calls in turn, at a gateway that answers so late. */
export async function measureSeries(
  { gateway, sweeper, askBare, orders }: Sides,
  { latencyMs, rounds }: { latencyMs: number; rounds: number },
  onRound: (done: number) => void,
): Promise<Series> {
  const ids = Array.from({ length: orders }, (_, index) => dueOrderId(index));
  const bareMs = async () => {
    const startedAt = performance.now();
    await mapConcurrently(ids, CONCURRENCY, askBare);
    return performance.now() - startedAt;
  };
  await gateway.answerAfter(latencyMs);
  const before = await gateway.statusCalls();
  const series: Series = [];
  for (let round = 0; round < rounds; round += 1) {
    await sweeper.makeDue();
    series.push(await takeTurns(round, sweeper.sweepMs, bareMs));
    onRound(round + 1);
  }
  checkCalls((await gateway.statusCalls()) - before, rounds * orders * 2);
  return series;
}

/** The ratio says something only while both sides make the same calls. */
function checkCalls(seen: number, expected: number): void {
  if (seen === expected) return;
  throw new Error(`expected ${expected} status calls, the gateway saw ${seen}`);
}
