import { attentionReasons } from '@cloudnestle/contracts/items/attention';
import { readAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import { readDisputes } from '@cloudnestle/payments/disputes';
import type { Order } from '@cloudnestle/payments/order';
import { type Mask, maskText } from '../words/mask.ts';

/** The order as our books have it, as data; personal data is masked by `mask`. For the command line and the console. */
export function describeOrder(
  { row, plan, amountInPaisa, createdAt, expiresAt }: Order,
  mask: Mask,
) {
  return {
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    gatewayOrderId: row.phonepeOrderId,
    userId: row.userId,
    userEmail: mask.address(row.userEmail),
    tier: plan.tier,
    amountInPaisa,
    currency: plan.currency,
    status: row.status,
    failureReason: row.status === 'FAILED' ? row.failureReason : undefined,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    completedAt: row.completedAt,
    failedAt: row.failedAt,
    /** A buyer has had the payment page. */
    hasPage: row.redirectUrl !== undefined,
    payment: {
      mode: row.payment_mode,
      gatewayTransactionId: row.phonepe_transaction_id,
      utr: mask.reference(row.utr),
      upiTransactionId: mask.reference(row.upi_transaction_id),
      vpa: mask.address(row.vpa),
    },
    settlement: { status: row.settlement_status, expectedOn: row.settlement_date },
    supersededBy: row.supersededBy,
    duplicateOf: row.duplicateOf,
    accessRevokedAt: row.accessRevokedAt,
    /** The operator's last word on access. */
    accessWord: row.accessWord && {
      ...row.accessWord,
      by: maskText(row.accessWord.by),
      why: maskText(row.accessWord.why),
    },
    refundsInPaisa: row.refunds,
    /** What is set aside for refunds under way. */
    refundHoldsInPaisa: row.refundHolds,
    disputes: Object.entries(readDisputes(row)).map(([disputeId, dispute]) => ({
      disputeId,
      ...dispute,
    })),
    /** What it needs an operator for, the oldest first. */
    attention: readAttention(row).map(({ detail, ...rest }) => ({
      ...rest,
      detail: detail === undefined ? undefined : maskText(detail),
    })),
    /** What an operator has said was dealt with. */
    attentionResolved: attentionReasons.flatMap((reason) => {
      const word = readResolution(row, reason);
      if (!word) return [];
      return [{ reason, at: word.at, by: maskText(word.by), why: maskText(word.why) }];
    }),
    history: Object.entries(row.history ?? {})
      .map(([eventId, { what, at }]) => ({ at, what, eventId }))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  };
}
