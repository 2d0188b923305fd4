import { userIdSchema } from '@cloudnestle/contracts/ids';
import type { Tier } from '@cloudnestle/contracts/plan';
import { readAccess } from '@cloudnestle/payments/access/fold';
import { limitsOf } from '@cloudnestle/payments/catalogue';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { readEntitlement, tierOf } from '@cloudnestle/runtime/access/read-entitlement';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { TokenRecord, ValidateDependencies } from './dependencies.ts';
import { quotaDayOf, readUsage } from './usage.ts';

/** Every way a validation can end. */
export type Validation =
  /** No record of this solution has the token. */
  | { kind: 'unknownToken' }
  | { kind: 'suspended'; holder: Holder }
  /** `limit` null: unlimited. `used` counts the search that was allowed, where one was counted. */
  | ({ kind: 'allowed'; holder: Holder; used: number } & Held)
  | ({ kind: 'exhausted'; holder: Holder; limit: number; used: number; resetsAt: Date } & Held);

/** What the holder may do now. */
interface Held {
  /** With the limits that hold, under the name that the record gives it. */
  tier: Tier;
  /** When that ends (ISO, UTC); undefined: it does not. */
  endsAt: string | undefined;
}

/**
 * Says whether the holder of a token may search a solution now, and counts the search unless the caller only looks. A token
 * may stand on both records of a buyer: the better tier wins, and searches are counted on the record by user id. What the
 * records' paid orders give is worked out here, so that access ends to the second, however late the fields follow. Rejects
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
  const now = deps.now();
  const held = findBest(deps.catalogue.tiers, records, now);
  const { dailyQuota: limit } = held.tier;
  if (limit === null) return { kind: 'allowed', holder, ...held, used: 0 };

  const record = records.find(({ isByUserId }) => isByUserId) ?? first;
  const day = quotaDayOf(now, deps.utcOffsetMinutes);
  const { used } = readUsage(record, day);
  const counted = request.isOnlyLook
    ? { kind: used < limit ? 'allowed' : 'exhausted', used }
    : await deps.usage.count(record, day, { limit, over: request.over });
  return counted.kind === 'exhausted'
    ? { kind: 'exhausted', holder, ...held, limit, used: counted.used, resetsAt: day.resetsAt }
    : { kind: 'allowed', holder, ...held, used: counted.used };
}

/**
 * The best that any of the records gives now, under the name that the record has for it. A tier that the catalogue does not
 * know has the best one's limits: its writer meant to give something, and a new name must lock no holder out.
 */
function findBest(tiers: readonly Tier[], records: readonly TokenRecord[], now: Date): Held {
  const held = records.map(({ item, isByUserId }): Held => {
    const stored = readEntitlement(item, isByUserId);
    const { grants, baseTier } = item;
    const access = readAccess(
      {
        tier: tierOf(stored),
        grants,
        baseTier: typeof baseTier === 'string' ? baseTier : undefined,
      },
      { tiers, now },
    );
    return { tier: { ...limitsOf(tiers, access.tier), tier: access.tier }, endsAt: access.until };
  });
  const [best] = held.toSorted(
    (one, other) => other.tier.rank - one.tier.rank || compareEnds(other.endsAt, one.endsAt),
  );
  return best ?? { tier: limitsOf(tiers, undefined), endsAt: undefined };
}

/** No end is later than every end. */
function compareEnds(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  return other === undefined || one < other ? -1 : 1;
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
