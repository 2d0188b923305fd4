import type { RefundRequest } from '@cloudnestle/contracts/http/refund';
import type { RefundItem, RefundOrigin } from '@cloudnestle/contracts/items/refund';
import type { Publish, PublishAnswer, Trigger } from '@cloudnestle/payments/build-events';
import { addMs } from '@cloudnestle/payments/clock';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import { toMerchantOrderId } from '@cloudnestle/payments/order-ids';
import { buildRefundRequestedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { createRefundId } from '@cloudnestle/payments/refunds/refund-id';
import { indexShardCount } from '@cloudnestle/topology/tables';
import { markOf, type RefundClaim } from './refund-rows.ts';
import { type ReserveDependencies, reserveRefund } from './reserve-refund.ts';

export interface RequestDependencies extends ReserveDependencies {
  publish: Publish;
  newId(): string;
  sleep(ms: number): Promise<unknown>;
}

/** Who asks for it: the subject of an operator's token, or which machine. */
export interface Requester {
  by: string;
  origin: Exclude<RefundOrigin, 'GATEWAY'>;
}

export type RequestResult =
  | { kind: 'unknownOrder' }
  /** The key stands for another wish about this order. Nothing was changed. */
  | { kind: 'keyReused'; refundId: string }
  /**
   * The one refund of this key, as it stands: set aside, refused, or further on. `published` is of this call's event; where
   * it failed the sweep sends the refund.
   */
  | { kind: 'refund'; refund: RefundItem; published?: PublishAnswer };

/** How long one look may take, and how long another call of the same key waits for it. */
const LEASE_MS = 20_000;
const LONGEST_WAIT_MS = 2000;
const WAIT_STEP_MS = 100;

/**
 * Money is to be paid back: the wish is written down, its amount is set aside on the order, and that is announced; the
 * gateway is asked later. So a refusal is said at once. The same key of the same order is the same refund, however often
 * it is asked for. What dies in between, the refund sweep takes up.
 */
export async function requestRefund(
  deps: RequestDependencies,
  wish: RefundRequest,
  options: { requester: Requester; trigger: Omit<Trigger, 'gatewayEvent'> },
): Promise<RequestResult> {
  const row = await deps.findTransaction(wish.transactionId);
  if (!row) return { kind: 'unknownOrder' };
  const claim = createClaim(deps, createRefundId(wish.transactionId, wish.idempotencyKey));
  const stored = await deps.refunds.create(buildItem(deps, wish, options.requester, claim));
  if (!isSameWish(stored, wish)) return { kind: 'keyReused', refundId: stored.refundId };
  const isOurs = stored.claim === markOf(claim);
  const refund = isOurs
    ? await reserveRefund(deps, stored, claim, { releases: true })
    : await waitForReservation(deps, stored, claim);
  const now = refund ?? (await deps.refunds.find(stored.refundId)) ?? stored;
  if (now.state !== 'RESERVED' || now.amountInPaisa === undefined) {
    return { kind: 'refund', refund: now };
  }
  const { refundId, transactionId, amountInPaisa, reason, origin, createdAt } = now;
  const event = buildRefundRequestedEvent(
    { refundId, transactionId, amountInPaisa, reason, origin, requestedAt: createdAt },
    options.trigger,
  );
  return { kind: 'refund', refund: now, published: await deps.publish(event) };
}

/** A claim of its own for one look at a refund. */
export function createClaim(
  { newId, now }: Pick<RequestDependencies, 'newId' | 'now'>,
  refundId: string,
): RefundClaim {
  const leaseUntil = addMs(now(), LEASE_MS).toISOString();
  return { refundId, claimId: newId(), leaseUntil, steps: 0 };
}

function buildItem(
  { now }: Pick<RequestDependencies, 'now'>,
  { transactionId, amountInPaisa, reason, note }: RefundRequest,
  { by, origin }: Requester,
  { refundId, leaseUntil, ...claim }: RefundClaim,
): RefundItem {
  const at = now().toISOString();
  return {
    refundId,
    transactionId,
    merchantOrderId: toMerchantOrderId(transactionId),
    state: 'REQUESTED',
    origin,
    reason,
    ...(note === undefined ? {} : { note }),
    requestedBy: by,
    ...(amountInPaisa === undefined ? {} : { requestedInPaisa: amountInPaisa }),
    createdAt: at,
    updatedAt: at,
    openShard: openShardOf(refundId, indexShardCount),
    nextCheckAt: at,
    claim: markOf(claim),
    leaseUntil,
  };
}

function isSameWish(stored: RefundItem, wish: RefundRequest): boolean {
  return (
    stored.transactionId === wish.transactionId &&
    stored.requestedInPaisa === wish.amountInPaisa &&
    stored.reason === wish.reason &&
    stored.note === wish.note
  );
}

/** Another call of the same key is at work, or died: it is waited for, and then its work is taken over. */
async function waitForReservation(
  deps: RequestDependencies,
  stored: RefundItem,
  claim: RefundClaim,
): Promise<RefundItem | undefined> {
  const until = addMs(deps.now(), LONGEST_WAIT_MS);
  let refund: RefundItem | undefined = stored;
  while (refund?.state === 'REQUESTED') {
    const taken = await deps.refunds.claim(claim, deps.now());
    if (taken?.state === 'REQUESTED') {
      return reserveRefund(deps, taken, claim, { releases: true });
    }
    if (taken) await deps.refunds.write(claim, { leaseUntil: undefined });
    if (deps.now() >= until) break;
    await deps.sleep(WAIT_STEP_MS);
    refund = await deps.refunds.find(stored.refundId);
  }
  return refund;
}
