import { emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import { windowsOf } from '@cloudnestle/payments/access/windows';
import { DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { rankAt, rankOf, trueGrants } from '../world/true-grants.ts';
import { hasLetter, isWithPerson } from './needs-operator.ts';

const { users, entitlements } = defaultTableNames;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Known for so long, a payment has reached everything that follows it. */
const SETTLED_MS = 24 * HOUR_MS;
/** Longer than a subscriber is at work on a record, held up and all. */
const LONGEST_RECORD_MS = 6 * MINUTE_MS;

/** No token gives more than was paid for, not for a second. */
export function endsToTheSecond({ truth, watch }: Simulation): Invariant {
  const owners = ownersOfTokens(truth);
  const invariant: Invariant = {
    name: 'endsToTheSecond',
    rule: 'a token gives a tier until its end, and not for a second longer (rule 2)',
    answered: ({ call, result, startedAtMs, endedAtMs, isHeldUp }) => {
      if (call.function !== 'validateToken' || isHeldUp) return;
      const buyer = owners.ownerOf(call.body);
      const given = rankOf(result.body.access_tier);
      if (!buyer || result.body.access_tier === undefined || Number.isNaN(given)) return;
      const paid = trueGrants(truth, buyer.userId, { isUncut: true });
      const most = Math.max(
        rankAt(paid, buyer.tier, startedAtMs),
        rankAt(paid, buyer.tier, endedAtMs),
      );
      if (given <= most) return;
      const ends = windowsOf(paid).map(({ until }) => new Date(until).toISOString());
      const what = `searched with ${result.body.access_tier}, paid for until ${ends.join(', ')}`;
      watch.report(invariant, buyer.userId, what);
    },
  };
  return invariant;
}

/** No buyer loses cover that they paid for: neither at a search nor in what other systems read. */
export function coverIsKept({ truth, watch, scheduler }: Simulation): Invariant {
  const owners = ownersOfTokens(truth);
  const completedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'coverIsKept',
    rule: 'no buyer loses cover that was paid for, whatever else ends (rules 1 and 2)',
    changed: ({ table, before, after }) => {
      if (table === defaultTableNames.transactions && after?.status === 'COMPLETED') {
        const id = String(after.merchantOrderId);
        if (!completedAtMs.has(id)) completedAtMs.set(id, scheduler.nowMs());
      }
      const userId = table === users ? after?.userId : String(after?.pk).replace(/^user#/, '');
      const buyer = truth.buyers.get(String(userId));
      if (!buyer || !before || !after || (table !== users && table !== entitlements)) return;
      const [was, is] = [flatRank(before), flatRank(after)];
      if (!(is < was) || isUnsettled(buyer.userId)) return;
      const nowMs = scheduler.nowMs();
      const paid = settledGrants(buyer.userId);
      const least = Math.min(
        rankAt(paid, buyer.tier, nowMs),
        rankAt(paid, buyer.tier, nowMs - LONGEST_RECORD_MS),
        rankAt(paid, buyer.tier, nowMs + LONGEST_RECORD_MS),
      );
      if (is < least)
        watch.report(invariant, buyer.userId, `${table} gives less than was paid for`);
    },
    answered: ({ call, result, startedAtMs, endedAtMs, isHeldUp }) => {
      if (call.function !== 'validateToken' || isHeldUp) return;
      const buyer = owners.ownerOf(call.body);
      if (!buyer || result.body.access_tier === undefined || isUnsettled(buyer.userId)) return;
      // A record that a payment made under another address has another token.
      if (buyer.email.startsWith('new.') || buyer.records === 'none') return;
      const paid = settledGrants(buyer.userId);
      const least = Math.min(
        rankAt(paid, buyer.tier, startedAtMs),
        rankAt(paid, buyer.tier, endedAtMs),
      );
      if (!(rankOf(result.body.access_tier) < least)) return;
      const what = `searched with ${result.body.access_tier}, and more was paid for`;
      watch.report(invariant, buyer.userId, what);
    },
  };
  const settledGrants = (userId: string) =>
    trueGrants(truth, userId, {
      isCounted: (row) => {
        const knownMs = completedAtMs.get(String(row.merchantOrderId)) ?? Number.POSITIVE_INFINITY;
        return knownMs < scheduler.nowMs() - SETTLED_MS && !isWithPerson(row);
      },
    });
  /** An operator or a refund has changed something that may not have reached everything yet. */
  const isUnsettled = (userId: string) =>
    truth.ordersOf(userId).some((id) => {
      const { accessRevokedAt, accessRestoredAt } = truth.row(id) ?? {};
      return accessRevokedAt !== undefined || accessRestoredAt !== undefined;
    });
  return invariant;
}

/** How long after an end, in quiet times, what other systems read may still name the tier. */
const LATEST_FOLLOW_MS = 15 * MINUTE_MS;
/** After this much quiet everything has settled. */
const SETTLES_AFTER_MS = 7 * HOUR_MS;
const LOOKS_EVERY_MS = 12 * HOUR_MS;

/** What other systems read is what the buyer's orders give, a few minutes after each end at the latest. */
export function fieldsFollowEnds(simulation: Simulation): Invariant {
  const { truth, watch, aws, scheduler, network, calm, quietFromMs } = simulation;
  const invariant: Invariant = {
    name: 'fieldsFollowEnds',
    rule: 'row and records name what the orders give, at most 15 minutes after an end, or the order says why an operator must look (rules 2 and 14)',
  };
  const isQuiet = (nowMs: number) =>
    nowMs > quietFromMs + SETTLES_AFTER_MS ||
    (calm !== undefined && nowMs > calm.fromMs + SETTLES_AFTER_MS && nowMs < calm.untilMs);
  const look = () => {
    scheduler.after(LOOKS_EVERY_MS, network, look);
    if (!isQuiet(scheduler.nowMs())) return;
    for (const buyer of truth.buyers.values()) {
      if (buyer.tier !== 'gold' && !truth.ordersOf(buyer.userId).some(isOdd)) check(buyer.userId);
    }
  };
  if (calm) scheduler.after(LOOKS_EVERY_MS, network, look);
  /** Something about it is an operator's business, or is still to come. */
  const isOdd = (id: string) => {
    const row = truth.row(id);
    const isKnown = row?.status === 'COMPLETED' || !truth.isPaid(id);
    return !row || !isKnown || isWithPerson(row) || hasLetter({ aws }, id);
  };
  const check = (userId: string) => {
    const buyer = truth.buyers.get(userId);
    const user = truth.user(userId);
    if (!buyer || !user) return;
    const rows = truth
      .ordersOf(userId)
      .map((id) => truth.row(id))
      .filter((row) => row !== undefined);
    const emails = new Set(rows.map(({ userEmail }) => String(userEmail)));
    compare(userId, buyer.tier, user, () => true);
    const byUserId = peek(userRecordKey(userId, DEFAULT_SOLUTION_ID));
    if (byUserId) compare(userId, buyer.tier, byUserId, () => true);
    for (const email of emails) {
      for (const key of emailRecordKeys([email], DEFAULT_SOLUTION_ID)) {
        const record = peek(key);
        if (record) compare(userId, buyer.tier, record, (row) => row.userEmail === email);
      }
    }
  };
  const peek = (key: { pk: string; sk: string }) => aws.dynamo.peek(entitlements, { ...key });
  const compare = (
    userId: string,
    baseTier: string,
    item: Item,
    isCounted: (row: Item) => boolean,
  ) => {
    const nowMs = scheduler.nowMs();
    const paid = trueGrants(truth, userId, { isCounted });
    const is = flatRank(item);
    const expected = [nowMs, nowMs - LATEST_FOLLOW_MS].map((at) => rankAt(paid, baseTier, at));
    if (expected.includes(is)) return;
    const said = item.access_tier ?? item.subscriptionTier;
    watch.report(invariant, userId, `${item.pk ?? 'the row'} says ${said} of rank ${expected[0]}`);
  };
  return invariant;
}

function flatRank(item: Item): number {
  return rankOf(item.subscriptionTier ?? item.access_tier);
}

function ownersOfTokens({ buyers }: Simulation['truth']) {
  const owners = new Map<string, string>();
  return {
    ownerOf: (body: unknown) => {
      if (typeof body !== 'object' || body === null || !('token' in body)) return undefined;
      if (owners.size !== buyers.size) {
        for (const { token, userId } of buyers.values()) owners.set(token, userId);
      }
      const buyer = buyers.get(owners.get(String(body.token)) ?? '');
      return buyer?.tier === 'gold' ? undefined : buyer;
    },
  };
}
