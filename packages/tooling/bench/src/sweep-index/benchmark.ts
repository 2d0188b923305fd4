import type { BenchmarkOptions, Findings } from '../benchmark.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { startCloud } from '../sweep/backends/start-cloud.ts';
import { startGateway } from '../sweep/backends/start-gateway.ts';
import { type Sweeper, startSweeper } from '../sweep/start-sweeper.ts';
import { takeTurns } from '../turns.ts';

const DUE = 1000;
const WARM_UP_ROUNDS = 2;
/** How much of the progress bar is for the filling of the large table. */
const FILLING = 0.3;

/** A sweep's time over due orders in a table that is mostly history, over the same in a table of those orders alone. */
export async function measureSweepIndex({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const rows = quick ? 10_000 : 100_000;
  const gateway = await startGateway(DUE);
  const gatewayUrl = gateway.url;
  const onFilling = (done: number) => progress(done * FILLING);
  const large = await startCloud({ due: DUE, closed: rows - DUE, gatewayUrl, onFilling });
  const small = await startCloud({ due: DUE, closed: 0, gatewayUrl });
  try {
    const sides = { large: await startSweeper(large, DUE), small: await startSweeper(small, DUE) };
    const rounds = quick ? 3 : 30;
    const pairs: [number, number][] = [];
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const pair = await measureRound(sides, round);
      if (round >= 0) pairs.push(pair);
      const done = (round + WARM_UP_ROUNDS + 1) / (rounds + WARM_UP_ROUNDS);
      progress(FILLING + (1 - FILLING) * done);
    }
    return toFindings(pairs, rows);
  } finally {
    for (const backend of [large, small, gateway]) backend.stop();
  }
}

async function measureRound(
  { large, small }: { large: Sweeper; small: Sweeper },
  round: number,
): Promise<[largeMs: number, smallMs: number]> {
  await large.makeDue();
  await small.makeDue();
  return takeTurns(round, large.sweepMs, small.sweepMs);
}

function toFindings(pairs: [number, number][], rows: number): Findings {
  const inWords = (count: number) => count.toLocaleString('en');
  return {
    measures: [
      {
        what: `sweep in a table of ${inWords(rows)} rows over one of ${inWords(DUE)}`,
        unit: 'ms',
        measured: median(pairs.map(([large]) => large)),
        baseline: median(pairs.map(([, small]) => small)),
        ratio: spreadOfRatios(pairs),
        goal: { atMost: 1.2 },
      },
    ],
    notes: [
      `${pairs.length} rounds, each table swept once in turn; ${inWords(DUE)} due orders in both, all of them claimed, asked about and still pending, by one Query per page of the index of open orders and one UpdateItem per order; the other ${inWords(rows - DUE)} rows are paid orders with plan, history and references; each table in a cloud and a process of its own, the sandbox in a third, no rate limit.`,
    ],
  };
}
