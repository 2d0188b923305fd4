import type { CheckoutItem } from '@cloudnestle/contracts/items/checkout';
import type { Grants } from '@cloudnestle/payments/access/grants';
import { isOutcomeDoubtful, readResolution } from '@cloudnestle/payments/attention/attention';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import type { Order, ReadOrder } from '@cloudnestle/payments/order';
import { toTransactionId } from '@cloudnestle/payments/order-ids';
import { settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/metrics';
import { buildRow, type OrderRows, type Page } from './order-rows.ts';
import type { Attempt, UpgradeDependencies, UpgradeOutcome } from './upgrade-call.ts';

/** Slot and row change only while other clicks make progress: a few rounds are enough. */
const MAX_ROUNDS = 6;
/** A running lease is waited for 2 s at most before the answer is a 503. */
const POLL_MS = 200;
const MAX_POLLS = 10;

type Round = UpgradeOutcome | { kind: 'taken' } | { kind: 'wait' } | { kind: 'again' };

/** Makes the claim's order the buyer's current one, or answers what stands in its way. */
export async function takeSlot(
  deps: UpgradeDependencies,
  attempt: Attempt,
): Promise<UpgradeOutcome | { kind: 'taken' }> {
  if (await deps.slots.take(attempt.claim, { kind: 'untouched' })) return { kind: 'taken' };
  for (let rounds = 1, polls = 0; rounds <= MAX_ROUNDS; ) {
    const round = await tryOnce(deps, attempt);
    if (round.kind === 'wait') {
      if (polls === MAX_POLLS) {
        return { kind: 'busy', reason: `${attempt.claim.checkoutKey}: another click is under way` };
      }
      polls += 1;
      await deps.sleep(POLL_MS);
    } else if (round.kind === 'again') {
      rounds += 1;
    } else {
      return round;
    }
  }
  return { kind: 'busy', reason: `${attempt.claim.checkoutKey}: the slot kept changing` };
}

async function tryOnce(deps: UpgradeDependencies, attempt: Attempt): Promise<Round> {
  const { claim, currentTier } = attempt;
  const slot = (await deps.slots.find(claim.checkoutKey)) ?? { checkoutKey: claim.checkoutKey };
  const paidBefore = await findStandingPayment(deps.rows, slot);
  if (paidBefore) return { kind: 'alreadyPaid', currentTier, transactionId: paidBefore };
  const { merchantOrderId } = slot;
  if (merchantOrderId === undefined) {
    return (await deps.slots.take(claim, { kind: 'vacant' }))
      ? { kind: 'taken' }
      : { kind: 'again' };
  }
  const found = await deps.rows.find(toTransactionId(merchantOrderId));
  const cleared = await clear(
    deps,
    attempt,
    merchantOrderId,
    decideStep(slot, found, { now: deps.now(), granted: attempt.granted }),
  );
  if (cleared.kind !== 'replaceable') return cleared;
  const taken = await deps.slots.take(claim, { kind: 'heldBy', merchantOrderId });
  return taken ? { kind: 'taken' } : { kind: 'again' };
}

/** Does what the step says; `replaceable` once the old order can no longer be paid. */
async function clear(
  deps: UpgradeDependencies,
  attempt: Attempt,
  merchantOrderId: string,
  step: Step,
): Promise<Round | { kind: 'replaceable' }> {
  const { purchase, claim, currentTier } = attempt;
  const transactionId = toTransactionId(merchantOrderId);
  switch (step.kind) {
    case 'alreadyPaid':
      return { kind: 'alreadyPaid', currentTier, transactionId };
    case 'reuse': {
      const { order, page } = step;
      return order.plan.planId === purchase.plan.planId
        ? { kind: 'opened', order, page, reused: true }
        : { kind: 'otherPlanOpen', currentTier, order, page };
    }
    case 'wait':
      return { kind: 'wait' };
    case 'replace':
      return { kind: 'replaceable' };
    case 'ask':
      return askGateway(deps, attempt, step.order);
    case 'unreadable':
      return { kind: 'unreadableOrder', reason: `${transactionId}: ${step.reason}` };
    case 'fence': {
      const fenced = await deps.rows.fence(transactionId, claim.merchantOrderId);
      return fenced ? { kind: 'replaceable' } : { kind: 'again' };
    }
    case 'fenceMissing': {
      // Its claimant may still be about to write it, and would then go on to the gateway: the place is filled first.
      const ids = { merchantOrderId, transactionId, claimId: claim.claimId };
      const row = buildRow(purchase, ids, {
        now: deps.now(),
        gateway: deps.gateways.standard.name,
      });
      const written = await deps.rows.create({ ...row, supersededBy: claim.merchantOrderId });
      return written ? { kind: 'replaceable' } : { kind: 'again' };
    }
  }
}

/**
 * An order of this buyer and tier whose money was taken and whose access was not taken back (rules 2 and 3).
 * A row that is gone or cannot be read counts as standing: the buyer is not charged again on a doubt.
 */
async function findStandingPayment(
  rows: Pick<OrderRows, 'find'>,
  { paid = {} }: Pick<CheckoutItem, 'paid'>,
): Promise<string | undefined> {
  for (const transactionId of Object.keys(paid).sort()) {
    const found = await rows.find(transactionId);
    const isRevoked = found?.kind === 'order' && found.order.row.accessRevokedAt !== undefined;
    if (!isRevoked) return transactionId;
  }
  return undefined;
}

/** What a click does about the order that holds the slot. */
type Step =
  | { kind: 'alreadyPaid' }
  | { kind: 'reuse'; order: Order; page: Page }
  /** Its page may come any moment. */
  | { kind: 'wait' }
  /** Its page was never handed out: forbid the row to get one, then take its place. */
  | { kind: 'fence' }
  | { kind: 'fenceMissing' }
  /** Its page was handed out: the gateway has to say what became of it. */
  | { kind: 'ask'; order: Order }
  /** It no longer blocks a new order. */
  | { kind: 'replace' }
  | { kind: 'unreadable'; reason: string };

/**
 * Decides, and does nothing. `found` is the row of the order that the slot names; `granted` are the orders that the
 * buyer's row knows. A pass may be bought again once the last one has arrived there: a click before that is an impatient
 * one, and would be a second payment that the buyer does not mean.
 */
export function decideStep(
  slot: Pick<CheckoutItem, 'leaseUntil'>,
  found: ReadOrder | undefined,
  { now, granted }: { now: Date; granted: Grants },
): Step {
  const leaseIsRunning = slot.leaseUntil !== undefined && new Date(slot.leaseUntil) > now;
  if (!found) return leaseIsRunning ? { kind: 'wait' } : { kind: 'fenceMissing' };
  if (found.kind === 'unreadable') return found.isGivenUp ? { kind: 'replace' } : found;
  const { order } = found;
  const { row } = order;
  // Once all that was paid went back, nothing is owed for it any more; a part of it frees nothing.
  if (row.accessRevokedAt) return { kind: 'replace' };
  if (row.status === 'COMPLETED') {
    const mayBeBoughtAgain = monthsOf(order.plan) !== undefined;
    const hasArrived = granted[row.transactionId]?.at !== undefined;
    return { kind: mayBeBoughtAgain && hasArrived ? 'replace' : 'alreadyPaid' };
  }
  if (row.redirectUrl === undefined) {
    if (row.supersededBy) return { kind: 'replace' };
    return leaseIsRunning ? { kind: 'wait' } : { kind: 'fence' };
  }
  // An order that needs an operator blocks its buyer no longer than the gateway's own answer does.
  if (isOutcomeDoubtful(row) || row.status === 'FAILED' || order.expiresAt <= now)
    return { kind: 'ask', order };
  if (row.phonepeOrderId === undefined) {
    return { kind: 'unreadable', reason: 'the row has a page and no order id of the gateway' };
  }
  const page = { redirectUrl: row.redirectUrl, gatewayOrderId: row.phonepeOrderId };
  return { kind: 'reuse', order, page };
}

/**
 * Before an expired, failed or doubtful order is replaced, the gateway is asked about it (rule 3). `replaceable`: nothing
 * was paid, or an operator has dealt with the payment. A new outcome is published on the way.
 */
async function askGateway(
  deps: UpgradeDependencies,
  { context, currentTier }: Attempt,
  order: Order,
): Promise<UpgradeOutcome | { kind: 'replaceable' }> {
  const { requestId, traceparent, budget } = context;
  const settlement = await settleOrder(
    deps,
    order,
    { producer: 'checkout', causationId: requestId, traceparent, gatewayEvent: 'checkout' },
    { timeoutMs: budget.askMs() },
  );
  countSettlement(deps.metrics, settlement);
  const { transactionId } = order.row;
  switch (settlement.kind) {
    case 'failed':
    case 'notFound':
      return { kind: 'replaceable' };
    case 'completed':
      return { kind: 'alreadyPaid', currentTier, transactionId };
    case 'pending': {
      // An operator has found out that it will never be paid, and its page has run out.
      const isGivenUp = readResolution(order.row, 'NO_OUTCOME') && order.expiresAt <= deps.now();
      return isGivenUp
        ? { kind: 'replaceable' }
        : { kind: 'inProgress', currentTier, transactionId };
    }
    case 'gatewayUnavailable':
      return { kind: 'gatewayUnavailable', reason: `${transactionId}: ${settlement.reason}` };
    case 'publishFailed':
      return { kind: 'busy', reason: `${transactionId}: ${settlement.reason}` };
    case 'mismatch':
      // Something may have been paid: an operator must look before anything else is sold, and then says so.
      return settlement.isDealtWith
        ? { kind: 'replaceable' }
        : { kind: 'inProgress', currentTier, transactionId };
  }
}
