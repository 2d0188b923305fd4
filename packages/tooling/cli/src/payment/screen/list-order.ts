import { formatRupees } from '@cloudnestle/payments/money';
import { join } from '../../reconcile/one/words.ts';
import type { StoryView } from '../view/describe-story.ts';
import type { Row } from './format-section.ts';

/** What our books say. */
export function listOrder({ order }: StoryView): Row[] {
  const { settlement, hasPage } = order;
  return [
    ['merchant order', order.merchantOrderId],
    ['buyer', join(order.userId, order.userEmail)],
    ['status', join(order.status, order.failureReason, order.completedAt ?? order.failedAt)],
    ['amount', join(formatRupees(order.amountInPaisa), `for ${order.tier}`)],
    ['made', order.createdAt],
    ['page', hasPage ? `handed out, good until ${order.expiresAt}` : 'never handed out'],
    ["PhonePe's order", order.gatewayOrderId],
    ...listPayment(order),
    ['settlement', expect(settlement)],
    ['superseded by', order.supersededBy],
    ['duplicate of', order.duplicateOf],
    ['refunded', listRefunds(order.refundsInPaisa)],
    ['access', order.accessRevokedAt && `taken back ${order.accessRevokedAt}`],
    ...order.attention.map(
      ({ reason, since, detail }): Row => [
        'needs a person',
        join(reason, `since ${since}`, detail),
      ],
    ),
    ...order.attentionResolved.map(
      ({ reason, at, by, why }): Row => ['dealt with', join(reason, at, by, why)],
    ),
  ];
}

function listPayment({ payment }: StoryView['order']): Row[] {
  const { mode, gatewayTransactionId, utr, upiTransactionId, vpa } = payment;
  return [
    ['paid by', mode && join(mode, gatewayTransactionId)],
    ['UTR', utr],
    ['UPI transaction', upiTransactionId],
    ['VPA', vpa],
  ];
}

/** A settlement's day is only ever expected. */
function expect({ status, expectedOn }: StoryView['order']['settlement']): string | undefined {
  return status && join(status, expectedOn && `expected ${expectedOn}`);
}

function listRefunds(refunds: StoryView['order']['refundsInPaisa']): string | undefined {
  if (!refunds) return undefined;
  return Object.entries(refunds)
    .map(([id, paisa]) => `${formatRupees(paisa)} (${id})`)
    .join(', ');
}
