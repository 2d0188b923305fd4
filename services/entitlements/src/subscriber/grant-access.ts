import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { Tier } from '@cloudnestle/contracts/plan';
import { findForeignClaim } from '@cloudnestle/payments/access/find-foreign-claim';
import {
  emailRecordKeys,
  type RecordKey,
  userRecordKey,
} from '@cloudnestle/payments/access/record-keys';
import type { Clock } from '@cloudnestle/payments/clock';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import type { Delivery, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { MakeToken } from '../token.ts';
import { buildEntitlement } from './build-entitlement.ts';
import type { EntitlementStore } from './entitlement-store.ts';
import { mergeEntitlement } from './merge-entitlement.ts';

export interface GrantDependencies {
  tiers: readonly Tier[];
  now: Clock;
  metrics: Metrics;
  records: EntitlementStore;
  makeToken: MakeToken;
  /** The order's row, read consistently. */
  findTransaction(transactionId: string): Promise<Record<string, unknown> | undefined>;
}

type Payment = Pick<
  PaymentCompletedData,
  'transactionId' | 'userId' | 'userEmail' | 'plan' | 'completedAt'
>;

/**
 * Opens every solution of the paid plan to the buyer, on every record that is the buyer's: by user id, and by email
 * under the address that the order has. That is the one that was the buyer's when ordering: an address that the account
 * took later may be unproven and somebody else's. A missing record is left missing; only a buyer with none at all gets
 * the record by user id, so that a payment always gives access. An order whose access was taken back gives nothing
 * (rules 1 and 2). Throws `PermanentError` where the order or the tier does not exist, or
 * where the order is another user's or of another plan.
 */
export async function grantAccess(
  deps: GrantDependencies,
  payment: Payment,
  delivery: Pick<Delivery, 'mayBeRepeat'>,
): Promise<RecordOutcome> {
  const { transactionId, plan } = payment;
  if (!deps.tiers.some(({ tier }) => tier === plan.tier)) {
    throw new PermanentError(`the catalogue has no tier "${plan.tier}"`);
  }
  const row = await deps.findTransaction(transactionId);
  if (!row) throw new PermanentError(`no transaction row ${transactionId}`);
  if (row.accessRevokedAt !== undefined) return { kind: 'skipped', why: 'revoked' };
  const foreign = findForeignClaim(row, payment);
  if (foreign !== undefined) throw new PermanentError(foreign);
  const email = typeof row.userEmail === 'string' ? row.userEmail : payment.userEmail;
  const granted = await waitForAll(
    plan.solutionIds.map((solutionId) => grantSolution(deps, payment, solutionId, email)),
  );
  for (const record of granted.flat()) countGranted(deps, record, payment, delivery);
  return { kind: 'applied' };
}

/** A record that holds the grant now. `found`: this delivery wrote nothing. */
interface Granted {
  item: Readonly<Record<string, unknown>>;
  how: 'created' | 'updated' | 'found';
}

/** Counts what the record says, last of all: the delivery that wrote it may have died before it counted. */
function countGranted(
  { metrics }: GrantDependencies,
  { item, how }: Granted,
  { transactionId }: Payment,
  { mayBeRepeat }: Pick<Delivery, 'mayBeRepeat'>,
): void {
  if (how === 'found' && !mayBeRepeat) return;
  const isCreators = how === 'found' && item.createdByTransactionId === transactionId;
  metrics.count(how === 'created' || isCreators ? 'EntitlementCreated' : 'EntitlementUpdated');
}

async function grantSolution(
  deps: GrantDependencies,
  payment: Payment,
  solutionId: string,
  email: string,
): Promise<Granted[]> {
  const byUserId = userRecordKey(payment.userId, solutionId);
  const byEmail = emailRecordKeys([email], solutionId);
  const found = await waitForAll([
    merge(deps, payment, byUserId, { isByUserId: true }),
    ...byEmail.map((key) => merge(deps, payment, key, { isByUserId: false })),
  ]);
  const granted = found.filter((record) => record !== undefined);
  if (granted.length > 0) return granted;
  const token = await deps.makeToken(email, solutionId);
  const record = buildEntitlement(payment, { key: byUserId, solutionId, email, token }, deps.now());
  if (await deps.records.create(record)) return [{ item: record, how: 'created' }];
  const existing = await merge(deps, payment, byUserId, { isByUserId: true });
  if (!existing) return [];
  // Another delivery's record, or our own, if it is of the same moment: then only the answer to its write was lost.
  const isOurs = existing.item.updatedAt === record.updatedAt;
  return [isOurs ? { ...existing, how: 'created' } : existing];
}

/** Undefined where there is no such record. */
async function merge(
  deps: GrantDependencies,
  { plan, transactionId, completedAt }: Payment,
  key: RecordKey,
  { isByUserId }: { isByUserId: boolean },
): Promise<Granted | undefined> {
  const grant = { tier: plan.tier, transactionId, completedAt };
  const result = await deps.records.merge(key, (record) =>
    mergeEntitlement(record, grant, { tiers: deps.tiers, isByUserId, now: deps.now() }),
  );
  if (result.kind === 'missing') return undefined;
  return { item: result.item, how: result.kind === 'updated' ? 'updated' : 'found' };
}
