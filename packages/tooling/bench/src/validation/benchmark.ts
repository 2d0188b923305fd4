import type { BenchmarkOptions, Findings, Measure } from '../benchmark.ts';
import { median, quantile, spreadOfRatios } from '../statistics.ts';
import { checkSent } from './check-sent.ts';
import { type Searcher, searcherSchema } from './cloud/records.ts';
import { startCloud } from './cloud/start-cloud.ts';
import { CONCURRENCY } from './measure-pass.ts';
import { measureSeries, type Passes, type Series, USERS } from './measure-series.ts';
import { createBareSide, createHandlerSide } from './sides.ts';

const WARM_UP_ROUNDS = 2;
/** The handler's time over that of its calls. */
const AT_MOST = 1.15;

/** Validations per second and their p99, over what the calls they make reach with as many at once. */
export async function measureValidation({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const [rounds, passes] = quick ? [2, 2] : [15, 8];
  const cloud = await startCloud();
  try {
    const sides = {
      handler: createHandlerSide(cloud.address),
      bare: createBareSide(cloud.address),
    };
    await checkSent(cloud, sides);
    const searchers = searcherSchema.options;
    const total = rounds + WARM_UP_ROUNDS;
    const measure = async (searcher: Searcher) => {
      const before = searchers.indexOf(searcher) * total;
      const series = await measureSeries(
        cloud,
        sides,
        searcher,
        { rounds: total, passes },
        (done) => progress((before + done) / (searchers.length * total)),
      );
      return series.slice(WARM_UP_ROUNDS);
    };
    return toFindings(await measure('registered'), await measure('pro'), passes);
  } finally {
    cloud.stop();
  }
}

function toFindings(registered: Series, pro: Series, passes: number): Findings {
  const lost = [...registered, ...pro].flat().reduce((sum, pooled) => sum + pooled.lost, 0);
  return {
    measures: [
      { ...toThroughput('registered user', registered), goal: { atLeast: 1 / AT_MOST } },
      { ...toP99('registered user', registered), goal: { atMost: AT_MOST } },
      toThroughput('Pro user', pro),
      toP99('Pro user', pro),
    ],
    notes: [
      `${registered.length} rounds of ${passes * USERS} validations each, ${CONCURRENCY} at once on both sides, in turn after every ${USERS}; ${USERS} users with a record each, searching once between two resets of their counts; log lines included; bare: the same Query and GetItem, for a registered user the same UpdateItem as well, with one document client configured as the function's; the cloud in another process (${lost} passes made once more because something took too long for its deadline).`,
      `at most ${AT_MOST} times what the bare calls take is at least 1/${AT_MOST} = ${(1 / AT_MOST).toFixed(2)} of their validations per second. All ${CONCURRENCY} share one thread with one another and its garbage collection, and wait for the same cloud: that is most of a p99.`,
    ],
  };
}

function toThroughput(who: string, series: Series): Measure {
  const what = `validations, ${who}`;
  return { what, unit: 'validations/s', ...compare(series, ({ perSecond }) => perSecond) };
}

function toP99(who: string, series: Series): Measure {
  const what = `p99 of a validation, ${who}`;
  return { what, unit: 'ms', ...compare(series, ({ times }) => quantile(times, 0.99)) };
}

function compare(series: Series, read: (passes: Passes) => number) {
  const pairs = series.map(([handler, bare]) => [read(handler), read(bare)] as const);
  return {
    measured: median(pairs.map(([handler]) => handler)),
    baseline: median(pairs.map(([, bare]) => bare)),
    ratio: spreadOfRatios(pairs),
  };
}
