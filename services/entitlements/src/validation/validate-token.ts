import { userIdSchema } from '@cloudnestle/contracts/ids';
import type { Tier } from '@cloudnestle/contracts/plan';
import { limitsOf } from '@cloudnestle/payments/catalogue';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { TokenRecord, ValidateDependencies } from './dependencies.ts';
import { quotaDayOf, readUsage } from './usage.ts';

/** Every way a validation can end. */
export type Validation =
  /** No record of this solution has the token. */
  | { kind: 'unknownToken' }
  | { kind: 'suspended'; holder: Holder }
  /** `limit` null: unlimited. `used` counts the search that was allowed, where one was counted. */
  | { kind: 'allowed'; holder: Holder; tier: Tier; used: number }
  | { kind: 'exhausted'; holder: Holder; tier: Tier; limit: number; used: number; resetsAt: Date };

/**
 * Says whether the holder of a token may search a solution now, and counts the search unless the caller only looks. A token
 * may stand on both records of a buyer: the better tier wins, and searches are counted on the record by user id. Rejects
 * where the records cannot be read or written: the search is neither allowed nor refused then.
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
 * know has the best tier's limits: its writer meant to give something, and a new name must lock no holder out.
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

/** Whose token it is, for the search app. */
export interface Holder {
  /** Empty where no record and no user row says it. */
  email: string;
  /** Only of a record by user id, and only where it is one. */
  userId: string | undefined;
}

/** An address is not waited for longer, and a search is not refused for want of one. */
const ADDRESS_WITHIN_MS = 500;

/** Who holds these records, which are one buyer's. The user's row is only read where no record names an address. */
async function findHolder(
  { findUser }: Pick<ValidateDependencies, 'findUser'>,
  records: readonly TokenRecord[],
): Promise<Holder> {
  const byUserId = records.find((record) => record.isByUserId);
  const userId = userIdSchema.safeParse(byUserId && ownerOf(byUserId)).data;
  const email = records.map(emailOf).find((each) => each !== undefined);
  if (email !== undefined || userId === undefined) return { email: email ?? '', userId };
  const user = await withTimeout(
    findUser(userId).catch(() => undefined),
    timeLimitMs(ADDRESS_WITHIN_MS),
    () => undefined,
  );
  return { email: user?.email ?? '', userId };
}

function emailOf(record: TokenRecord): string | undefined {
  const { user_email, userEmail } = record.item;
  const owner = record.isByUserId ? undefined : ownerOf(record);
  return [user_email, userEmail, owner].find(
    (each): each is string => typeof each === 'string' && each !== '',
  );
}

function ownerOf({ key }: TokenRecord): string {
  return key.pk.replace(/^user#/, '');
}
