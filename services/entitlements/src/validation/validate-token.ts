import type { Tier } from '@cloudnestle/contracts/plan';
import { limitsOf } from '@cloudnestle/payments/catalogue';
import type { TokenRecord, ValidateDependencies } from './dependencies.ts';
import { findHolder, type Holder } from './find-holder.ts';
import { quotaDayOf } from './quota-day.ts';
import { readUsage } from './usage.ts';

/** Every way a validation can end. */
export type Validation =
  /** No record of this solution has the token. */
  | { kind: 'unknownToken' }
  | { kind: 'suspended'; holder: Holder }
  /** `limit` null: unlimited. `used` counts the search that was allowed, where one was counted. */
  | { kind: 'allowed'; holder: Holder; tier: Tier; used: number }
  | { kind: 'exhausted'; holder: Holder; tier: Tier; limit: number; used: number; resetsAt: Date };

/**
 * Says whether the holder of a token may search a solution now, and counts the search unless somebody only looks. A token
 * may stand on both records of a buyer: the better tier wins, and searches are counted on the record by user id. Rejects
 * where the records cannot be read or written: nobody is let in then, and nobody is told that they may not.
 */
export async function validateToken(
  deps: ValidateDependencies,
  request: { token: string; solutionId: string; isOnlyLook: boolean; over: AbortSignal },
): Promise<Validation> {
  const records = await deps.records.find(request.token, request.solutionId);
  const [first] = records;
  if (!first) return { kind: 'unknownToken' };
  const holder = await findHolder(deps, records);
  if (records.some(({ item }) => item.status === 'suspended')) return { kind: 'suspended', holder };
  const tier = bestTier(deps.catalogue.tiers, records);
  if (tier.dailyQuota === null) return { kind: 'allowed', holder, tier, used: 0 };

  const record = records.find(({ isByUserId }) => isByUserId) ?? first;
  const limit = tier.dailyQuota;
  const day = quotaDayOf(deps.now(), deps.utcOffsetMinutes);
  const { used } = readUsage(record, day);
  const counted = request.isOnlyLook
    ? { kind: used < limit ? 'allowed' : 'exhausted', used }
    : await deps.usage.count(record, day, { limit, over: request.over });
  return counted.kind === 'exhausted'
    ? { kind: 'exhausted', holder, tier, limit, used: counted.used, resetsAt: day.resetsAt }
    : { kind: 'allowed', holder, tier, used: counted.used };
}

/**
 * The best tier that any of the records has, under the name that the record gives it. One that the catalogue does not
 * know has the best tier's limits: whoever wrote it meant to give something, and nobody is locked out by a new name.
 */
function bestTier(tiers: readonly Tier[], records: readonly TokenRecord[]): Tier {
  const held = records.map(({ item }): Tier => {
    const name = tierOf(item);
    const limits = limitsOf(tiers, name);
    return name === undefined ? limits : { ...limits, tier: name };
  });
  const [best] = held.toSorted((one, other) => other.rank - one.rank);
  return best ?? limitsOf(tiers, undefined);
}

/** As status and sweep read it: `access_tier` is believed first. */
function tierOf({ access_tier, accessTier, tier }: Record<string, unknown>): string | undefined {
  return [access_tier, accessTier, tier].find(
    (name): name is string => typeof name === 'string' && name !== '',
  );
}
