import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import { planSchema } from '@cloudnestle/contracts/plan';
import { compareHoldings, emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import { readGrants } from '@cloudnestle/payments/access/grants';
import { buildCatalogue, compareTier, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { isForEver } from '../world/true-grants.ts';
import { isWithPerson } from './needs-operator.ts';

const { tiers } = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID });
const { users, entitlements } = defaultTableNames;

/** Longer than a subscriber is at work on a record, held up and all. */
const LONGEST_RECORD_MS = 6 * 60_000;

/** Who did not pay never has access, not for an instant. */
export function accessOnlyForMoney({ truth, watch, scheduler }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'accessOnlyForMoney',
    rule: 'who did not pay never has access, not for an instant (rules 2 and 7)',
    changed: ({ table, before, after }) => {
      if (table !== users && table !== entitlements) return;
      if (!after || !hasPro(after) || (before && hasPro(before))) return;
      const userId = ownerOf(table, after, truth);
      // What a buyer holds when they register was given elsewhere.
      if (!before && (userId === undefined || !truth.buyers.has(userId))) return;
      const isPaid = userId !== undefined && truth.ordersOf(userId).some(isStanding);
      if (!isPaid) watch.report(invariant, userId ?? String(after.pk), `${table} gives pro unpaid`);
    },
  };
  /** Paid, and access was not taken back, or so lately that a call under way cannot know. */
  const isStanding = (id: string) => {
    const revokedAt = Date.parse(String(truth.row(id)?.accessRevokedAt));
    const isRevoked = revokedAt < scheduler.nowMs() - LONGEST_RECORD_MS;
    return truth.isPaid(id) && !isRevoked;
  };
  return invariant;
}

/** Access never drops while a grant stands; what was suspended stays so. */
export function accessStands({ truth, watch, calm }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'accessStands',
    rule: 'access never drops while a grant stands, and a suspension is never lifted by a payment (rule 1)',
    changed: ({ table, before, after }) => {
      if ((table !== users && table !== entitlements) || !before) return;
      const userId = ownerOf(table, before, truth) ?? String(before.pk);
      if (!after) return watch.report(invariant, userId, `an item of ${table} is gone`);
      if (hasPro(before) && !hasPro(after) && hasStandingGrant(userId, before)) {
        watch.report(invariant, userId, `${table} gives pro no more`);
      }
      for (const name of ['status', 'subscriptionStatus']) {
        if (before[name] === 'suspended' && after[name] !== 'suspended') {
          watch.report(invariant, userId, `${table}: ${name} was suspended, is ${after[name]}`);
        }
      }
    },
  };
  const hasStandingGrant = (userId: string, item: Item) =>
    truth.ordersOf(userId).some((id) => {
      const row = truth.row(id);
      if (row === undefined || row.accessRevokedAt !== undefined) return false;
      // What the item has not heard of yet gives nothing in it yet; that it comes, `paidHasAccess` holds.
      const isNoted = readGrants(item.grants)[String(row.transactionId)]?.at !== undefined;
      if (!calm) return isNoted && truth.isPaid(id);
      // What a pass gives ends, and what was given back may not have been heard of.
      return isNoted && isForEver(row) && row.accessRestoredAt === undefined;
    });
  return invariant;
}

/** An order that was paid back in full gives nothing any more, however late its event comes. */
export function revokedGivesNothing({ watch, scheduler }: Simulation): Invariant {
  const { transactions } = defaultTableNames;
  const revokedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'revokedGivesNothing',
    rule: 'an order whose access was taken back gives none again: tiers and entitlements look first (rule 2)',
    changed: ({ table, after }) => {
      if (table !== transactions || !after) return;
      const id = String(after.transactionId);
      // An operator may give it back.
      if (after.accessRevokedAt === undefined) {
        revokedAtMs.delete(id);
        return;
      }
      if (!revokedAtMs.has(id)) revokedAtMs.set(id, scheduler.nowMs());
    },
    logged: ({ message, fields }) => {
      const { unit, outcome, transactionId, detailType, durationMs } = fields;
      if (message !== 'summary' || (unit !== 'tiers' && unit !== 'entitlements')) return;
      if (outcome !== 'applied' || detailType !== 'PaymentCompleted') return;
      const revokedMs = revokedAtMs.get(String(transactionId));
      const startedAtMs = scheduler.nowMs() - Number(durationMs);
      if (revokedMs === undefined || startedAtMs <= revokedMs) return;
      const id = String(transactionId).replace(/^txn_/, '');
      watch.report(invariant, id, `${unit} gives access that was taken back before`);
    },
  };
  return invariant;
}

/** Who paid has access once everything is quiet, or the order says why an operator must look. */
export function paidHasAccess({
  truth,
  watch,
  aws,
  scheduler,
  quietFromMs,
}: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'paidHasAccess',
    rule: 'who paid has access within seven hours of the quiet time, or by the last look for late money, or the order says why an operator must look (rules 1, 2 and 14)',
    afterHours: (hours) => {
      if (hours !== 7) return;
      for (const id of truth.orders()) if (isPaidInTime(id)) check(id);
    },
    atEnd: () => {
      for (const id of truth.orders()) {
        if (truth.isPaid(id)) check(id);
      }
    },
  };
  /** While its page was open, and before the quiet time: every look that is due has been since. */
  const isPaidInTime = (id: string) => {
    const order = truth.atGateway(id);
    const paidAtMs = order?.attempts.find(({ state }) => state === 'COMPLETED')?.at;
    return order && paidAtMs !== undefined && paidAtMs < order.expireAt && paidAtMs < quietFromMs;
  };
  const check = (merchantOrderId: string) => {
    const row = truth.row(merchantOrderId);
    const subject = merchantOrderId;
    if (!row) return watch.report(invariant, subject, 'paid, and the row is gone');
    if (isWithPerson(row)) return;
    if (row.status !== 'COMPLETED') {
      return watch.report(invariant, subject, `paid, and the row says ${row.status}`);
    }
    if (row.accessRevokedAt !== undefined) return;
    const user = userItemSchema.safeParse(truth.user(String(row.userId))).data;
    const peek = (key: { pk: string; sk: string }) => {
      const item = aws.dynamo.peek(entitlements, { ...key });
      return item && entitlementItemSchema.parse(item);
    };
    const byEmail = emailRecordKeys([String(row.userEmail), user?.email], DEFAULT_SOLUTION_ID);
    const holdings = compareHoldings(
      {
        user,
        records: [
          {
            byUserId: peek(userRecordKey(String(row.userId), DEFAULT_SOLUTION_ID)),
            byEmail: byEmail.map(peek).filter((record) => record !== undefined),
          },
        ],
      },
      { transactionId: String(row.transactionId), plan: planSchema.parse(row.plan) },
      { tiers, now: new Date(scheduler.nowMs()) },
    );
    if (holdings.isComplete) return;
    const { user: byUser, byUserId, byEmail: mail } = holdings;
    watch.report(invariant, subject, `paid: user ${byUser}, by id ${byUserId}, by email ${mail}`);
  };
  return invariant;
}

function hasPro(item: Item): boolean {
  return [item.subscriptionTier, item.tier, item.access_tier, item.accessTier].some(
    (tier) => typeof tier === 'string' && compareTier(tiers, tier, 'pro') === 'covers',
  );
}

function ownerOf(table: string, item: Item, truth: Simulation['truth']): string | undefined {
  if (table === users) return String(item.userId);
  const owner = String(item.pk).replace(/^user#/, '');
  if (truth.buyers.has(owner)) return owner;
  const name = /^(?:new\.)*([^@]+)@/i.exec(owner)?.[1]?.toLowerCase();
  return name !== undefined && truth.buyers.has(name) ? name : undefined;
}
