import type { CheckoutItem } from '@cloudnestle/contracts/items/checkout';
import { isOutcomeDoubtful } from '@cloudnestle/payments/attention/attention';
import type { Order, ReadOrder } from '@cloudnestle/payments/order';
import type { Page } from './outcome.ts';

/** What a click does about the order that holds the slot (design, the upgrade call). */
export type Step =
  | { kind: 'alreadyPaid' }
  | { kind: 'reuse'; order: Order; page: Page }
  /** Its page may come any moment. */
  | { kind: 'wait' }
  /** Nobody got its page: forbid it to get one, then take its place. */
  | { kind: 'fence' }
  | { kind: 'fenceMissing' }
  /** Its page was handed out: the gateway has to say what became of it. */
  | { kind: 'ask'; order: Order }
  /** It stands in nobody's way. */
  | { kind: 'replace' }
  | { kind: 'unreadable'; reason: string };

/** Decides, and does nothing. `found` is the row of the order that the slot names. */
export function decideStep(
  slot: Pick<CheckoutItem, 'leaseUntil'>,
  found: ReadOrder | undefined,
  now: Date,
): Step {
  const leaseIsRunning = slot.leaseUntil !== undefined && new Date(slot.leaseUntil) > now;
  if (!found) return leaseIsRunning ? { kind: 'wait' } : { kind: 'fenceMissing' };
  if (found.kind === 'unreadable') return found;
  const { order } = found;
  const { row } = order;
  // Once all that was paid went back, nothing is owed for it any more; a part of it frees nothing.
  if (row.accessRevokedAt) return { kind: 'replace' };
  if (row.status === 'COMPLETED') return { kind: 'alreadyPaid' };
  if (row.redirectUrl === undefined) {
    if (row.supersededBy) return { kind: 'replace' };
    return leaseIsRunning ? { kind: 'wait' } : { kind: 'fence' };
  }
  // That an order needs a person keeps its buyer no longer than the gateway's own answer does.
  if (isOutcomeDoubtful(row) || row.status === 'FAILED' || order.expiresAt <= now)
    return { kind: 'ask', order };
  if (row.phonepeOrderId === undefined) {
    return { kind: 'unreadable', reason: 'the row has a page and no order id of the gateway' };
  }
  const page = { redirectUrl: row.redirectUrl, gatewayOrderId: row.phonepeOrderId };
  return { kind: 'reuse', order, page };
}
