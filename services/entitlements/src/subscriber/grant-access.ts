import type { accessEnded } from '@cloudnestle/contracts/events/access-ended';
import type { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import {
  emailRecordKeys,
  type FindUser,
  type RecordKey,
  userRecordKey,
} from '@cloudnestle/payments/access';
import { foldAccess } from '@cloudnestle/payments/access/fold';
import { mergeGrant, newsOf } from '@cloudnestle/payments/access/grants';
import { type Catalogue, limitsOf } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { utcDay } from '@cloudnestle/payments/ist';
import { findForeignClaim } from '@cloudnestle/payments/order';
import { mergeEntitlement, takeOverFromUser } from '@cloudnestle/runtime/access/merge-entitlement';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { OrderNews } from '@cloudnestle/runtime/note-grant';
import type { Delivery, ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { MakeToken } from '../token.ts';
import type { EntitlementStore } from './entitlement-store.ts';

export interface GrantDependencies {
  catalogue: Pick<Catalogue, 'tiers' | 'plans'>;
  now: Clock;
  metrics: Metrics;
  records: EntitlementStore;
  makeToken: MakeToken;
  /** The order's row, read consistently. */
  findTransaction(transactionId: string): Promise<Record<string, unknown> | undefined>;
  /** The buyer's row, read consistently. */
  findUser: FindUser;
}

export type AccessEvent = ReceivedEvent<typeof paymentCompleted | typeof accessEnded>;

/** One order's news, and whose records it is about. */
interface Work extends OrderNews {
  userId: string;
  /** As the order has it. */
  email: string;
  plan: Plan;
}

/**
 * Brings a payment, or an end, to every record that is the buyer's, of every solution of the plan: by user id, and by email
 * under the address that the order has. That is the one that was the buyer's when ordering: an address that the account
 * took later may be unproven and another person's. Each record derives its tier from all its paid orders. A missing record
 * is left missing; only a buyer with none at all gets the record by user id, so that a payment always gives access; it
 * holds what the buyer's row holds of earlier orders. An order whose access was taken back gives nothing (rules 1 and 2). Throws `PermanentError` where the order or the
 * tier does not exist, or where the order is another user's or of another plan.
 */
export async function grantAccess(
  deps: GrantDependencies,
  event: AccessEvent,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId, userId, plan } = event.data;
  if (!deps.catalogue.tiers.some(({ tier }) => tier === plan.tier)) {
    throw new PermanentError(`the catalogue has no tier "${plan.tier}"`);
  }
  const row = await deps.findTransaction(transactionId);
  if (!row) throw new PermanentError(`no transaction row ${transactionId}`);
  const foreign = findForeignClaim(row, event.data);
  if (foreign !== undefined) throw new PermanentError(foreign);
  const email = typeof row.userEmail === 'string' ? row.userEmail : event.data.userEmail;
  const work: Work = { transactionId, userId, email, plan, news: newsOf(row, event.data) };
  const isGranting = event.detailType === 'PaymentCompleted' && row.accessRevokedAt === undefined;
  const found = await waitForAll(
    plan.solutionIds.map(async (solutionId) => {
      const records = await noteInSolution(deps, work, solutionId, isGranting);
      if (isGranting) await completeCreated(deps, work, { solutionId, records, delivery });
      return records;
    }),
  );
  if (event.detailType === 'AccessEnded') return { kind: 'applied' };
  // What was noted of it is when it was paid and when it ended: it gives nothing.
  if (!isGranting) return { kind: 'skipped', why: 'revoked' };
  for (const record of found.flat()) countGranted(deps, record, transactionId, delivery);
  return { kind: 'applied' };
}

/** A record that holds the grant now. `found`: this delivery wrote nothing. */
interface Granted {
  key: RecordKey;
  item: Readonly<Record<string, unknown>>;
  how: 'created' | 'updated' | 'found';
}

/** Counts what the record says, last of all: the delivery that wrote it may have died before it counted. */
function countGranted(
  { metrics }: GrantDependencies,
  { item, how }: Granted,
  transactionId: string,
  { mayBeRepeat }: Pick<Delivery, 'mayBeRepeat'>,
): void {
  if (how === 'found' && !mayBeRepeat) return;
  const isCreators = how === 'found' && item.createdByTransactionId === transactionId;
  metrics.count(how === 'created' || isCreators ? 'EntitlementCreated' : 'EntitlementUpdated');
}

async function noteInSolution(
  deps: GrantDependencies,
  work: Work,
  solutionId: string,
  isGranting: boolean,
): Promise<Granted[]> {
  const { email } = work;
  const byUserId = userRecordKey(work.userId, solutionId);
  const byEmail = emailRecordKeys([email], solutionId);
  const merged = await waitForAll([
    merge(deps, work, byUserId, { isByUserId: true }),
    ...byEmail.map((key) => merge(deps, work, key, { isByUserId: false })),
  ]);
  const found = merged.filter((record) => record !== undefined);
  if (found.length > 0 || !isGranting) return found;
  const token = await deps.makeToken(email, solutionId);
  const identity = { key: byUserId, solutionId, email, userId: work.userId, token };
  const record = buildEntitlement(work, identity, {
    tiers: deps.catalogue.tiers,
    now: deps.now(),
  });
  if (await deps.records.create(record)) {
    return [{ key: byUserId, item: record, how: 'created' }];
  }
  const existing = await merge(deps, work, byUserId, { isByUserId: true });
  if (!existing) return [];
  // Another delivery's record, or this one's, if it is of the same moment: then only the answer to its write was lost.
  const isOurs = existing.item.updatedAt === record.updatedAt;
  return [isOurs ? { ...existing, how: 'created' } : existing];
}

/** Undefined where there is no such record. */
async function merge(
  deps: GrantDependencies,
  { transactionId, news }: OrderNews,
  key: RecordKey,
  { isByUserId }: { isByUserId: boolean },
): Promise<Granted | undefined> {
  const result = await deps.records.merge(key, (record) =>
    mergeEntitlement(
      record,
      { transactionId, news },
      { tiers: deps.catalogue.tiers, isByUserId, now: deps.now() },
    ),
  );
  if (result.kind === 'missing') return undefined;
  return { key, item: result.item, how: result.kind === 'updated' ? 'updated' : 'found' };
}

/**
 * Earlier orders of the buyer may stand in the record by email of another address alone: a record by user id that a payment
 * made takes over what the buyer's row holds of them. It is there before the row is read, and the sweep reads the row
 * before the record. So for an earlier order every interleaving ends right:
 * 1. The row holds it when it is read here: taken over.
 * 2. tiers writes it into the row later. Until then the sweep keeps that order open; the look that sees the row hold it
 *    sees this record too, which lacks it. So the order is published again, and this subscriber brings it to the record.
 * 3. The sweep saw the row hold it and saw no record by user id, and closes the order: it looked for the record before
 *    that was made, and at the row before that. So the row holds it when it is read here: as 1.
 * 4. Its own delivery here meets the record: the record is merged by the order itself, before or after this.
 * 5. The delivery that made the record dies before it reads the row: SQS, or a replay, delivers it again, and each
 *    delivery that may be a repeat comes here. So does one that had nothing to write, as after the sweep or a repair.
 * 6. Ends and restorations of an earlier order: as its payment, because the sweep keeps the order open until every item
 *    that is there shows them.
 */
async function completeCreated(
  deps: GrantDependencies,
  { userId }: Work,
  made: {
    solutionId: string;
    records: readonly Granted[];
    delivery: Pick<Delivery, 'mayBeRepeat'>;
  },
): Promise<void> {
  const { solutionId, delivery } = made;
  const byUserId = userRecordKey(userId, solutionId);
  const record = made.records.find(({ key }) => key.pk === byUserId.pk);
  if (record?.item.createdByTransactionId === undefined) return;
  if (record.how === 'updated' && !delivery.mayBeRepeat) return;
  const user = await deps.findUser(userId);
  if (!user) return;
  const takeOver = (item: Readonly<Record<string, unknown>>) => {
    const context = { ...deps.catalogue, solutionId, isByUserId: true, now: deps.now() };
    return takeOverFromUser(item, user, context);
  };
  if (takeOver(record.item)) await deps.records.merge(byUserId, takeOver);
}

/**
 * The record by user id for a buyer who has none. It counts as created
 * by the payment that grants it, so that the same payments give the same record in any order of arrival.
 */
export function buildEntitlement(
  { transactionId, news }: OrderNews,
  identity: { key: RecordKey; solutionId: string; email: string; userId: string; token: string },
  { tiers, now }: { tiers: readonly Tier[]; now: Date },
) {
  const grant = mergeGrant(undefined, news);
  const grants = { [transactionId]: grant };
  const baseTier = limitsOf(tiers, undefined).tier;
  const { tier } = foldAccess({ grants, baseTier }, { tiers, now });
  const paidAt = grant.at ?? now.toISOString();
  return {
    ...identity.key,
    token: identity.token,
    solution_id: identity.solutionId,
    user_id: identity.userId,
    // As the marketplace looks it up by its own index.
    user_email: identity.email.trim().toLowerCase(),
    tier,
    access_tier: tier,
    accessTier: tier,
    status: 'active',
    dailyUsage: 0,
    lastUsageDate: utcDay(new Date(paidAt)),
    grants,
    grantsVersion: 1,
    baseTier,
    grantedByTransactionId: transactionId,
    grantedAt: paidAt,
    createdByTransactionId: transactionId,
    createdAt: paidAt,
    created_at: paidAt,
    updatedAt: now.toISOString(),
  };
}
