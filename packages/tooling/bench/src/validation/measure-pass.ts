import { isDeepStrictEqual } from 'node:util';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import type { Seen } from './cloud/cloud-messages.ts';
import type { Searcher } from './cloud/records.ts';
import type { SearchedCloud } from './cloud/start-cloud.ts';
import { prepareSearch, type Search, type Side } from './sides.ts';

export const CONCURRENCY = 16;

/** Below every deadline of the handler's calls. */
const LATE_MS = 800;
const TRIES = 10;

/** The tokens of some users, validated once each. */
export interface Pass {
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
