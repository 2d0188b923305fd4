import { isDeepStrictEqual } from 'node:util';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { takeTurns } from '../statistics.ts';
import type { Searcher } from './records.ts';
import { prepareSearch, type Search, type Side, type Sides } from './sides.ts';
import type { SearchedCloud, Seen } from './start-cloud.ts';

/** Each once in a pass: short ones in turn, so that what else the machine does hits both sides alike. */
export const USERS = 250;

/** Several passes of one side. */
export interface Passes {
  perSecond: number;
  /** Of the validations that began one by one, each when another one had ended. */
  times: number[];
  /** Passes that had to be made once more. */
  lost: number;
}

/** Both sides, round by round. */
export type Series = [handler: Passes, bare: Passes][];

/** Rounds of passes of both sides in turn. */
export async function measureSeries(
  cloud: SearchedCloud,
  { handler, bare }: Sides,
  searcher: Searcher,
  { rounds, passes }: { rounds: number; passes: number },
  onRound: (done: number) => void,
): Promise<Series> {
  const passOf = (side: Side) => () => measurePass(cloud, side, { searcher, users: USERS });
  const series: Series = [];
  for (let round = 0; round < rounds; round += 1) {
    const pairs: [Pass, Pass][] = [];
    for (let turn = 0; turn < passes; turn += 1) {
      pairs.push(await takeTurns(turn, passOf(handler), passOf(bare)));
    }
    series.push([pool(pairs.map(([pass]) => pass)), pool(pairs.map(([, pass]) => pass))]);
    onRound(round + 1);
  }
  return series;
}

function pool(passes: readonly Pass[]): Passes {
  const sumOf = (count: (pass: Pass) => number) =>
    passes.reduce((sum, pass) => sum + count(pass), 0);
  return {
    perSecond: (passes.length * USERS * 1000) / sumOf(({ durationMs }) => durationMs),
    times: passes.flatMap(({ times }) => times.slice(CONCURRENCY)),
    lost: sumOf(({ lost }) => lost),
  };
}

export const CONCURRENCY = 16;

/** Below every deadline of the handler's calls. */
const LATE_MS = 800;
const TRIES = 10;

/** The tokens of some users, validated once each. */
interface Pass {
  /** From the first to the last. */
  durationMs: number;
  /** Each alone, in the order they began: the first ones all at once. */
  times: number[];
  /** The last call of each operation. */
  sent: Seen['lastSent'];
  /** Tries thrown away before it, see `measurePass`. */
  lost: number;
}

/**
 * Validates the tokens of as many users, `CONCURRENCY` at once, and makes sure that each was allowed and counted once, by
 * the calls it needs and no others. A machine may be too slow for our deadlines for a moment, and calls be given up or
 * repeated: such a pass says nothing, and is made once more.
 */
export async function measurePass(
  cloud: SearchedCloud,
  side: Side,
  { searcher, users }: { searcher: Searcher; users: number },
): Promise<Pass> {
  for (let lost = 0; lost < TRIES; lost += 1) {
    await cloud.putBack(searcher, users);
    const indexes = Array.from({ length: users }, (_, index) => index);
    const searches = await Promise.all(indexes.map((index) => prepareSearch(searcher, index)));
    const { failures, ...timed } = await validateAll(side, searches);
    if (Math.max(...timed.times) >= LATE_MS) continue;
    if (failures[0] !== undefined) throw failures[0];
    const seen = await cloud.seen();
    checkCounts(seen, { searcher, users });
    checkCalls(seen, { searcher, users });
    return { ...timed, sent: seen.lastSent, lost };
  }
  throw new Error(`in ${TRIES} passes on end something took more than ${LATE_MS} ms`);
}

async function validateAll(side: Side, searches: readonly Search[]) {
  const failures: unknown[] = [];
  const startedAt = performance.now();
  const times = await mapConcurrently(searches, CONCURRENCY, async (search) => {
    const validatedAt = performance.now();
    await side(search).catch((error: unknown) => failures.push(error));
    return performance.now() - validatedAt;
  });
  return { durationMs: performance.now() - startedAt, times, failures };
}

interface Expected {
  searcher: Searcher;
  users: number;
}

function checkCounts({ counted }: Seen, { searcher, users }: Expected): void {
  const searches = searcher === 'registered' ? 1 : 0;
  if (counted.length === users && counted.every((count) => count === searches)) return;
  throw new Error(
    `${users} ${searcher} users searched once each, and their records say ${counted.join(' ')}`,
  );
}

/** The ratio says something only while both sides make the same calls. */
function checkCalls({ calls }: Seen, { searcher, users }: Expected): void {
  const needed: Record<string, number> = {
    'dynamodb:Query': users,
    'dynamodb:GetItem': users,
    ...(searcher === 'registered' ? { 'dynamodb:UpdateItem': users } : {}),
  };
  if (isDeepStrictEqual(calls, needed)) return;
  throw new Error(
    `${users} ${searcher} users searched once each by the calls ${JSON.stringify(calls)}`,
  );
}
