import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { RecordKey } from '@cloudnestle/payments/access/record-keys';
import { utcDay } from '@cloudnestle/payments/ist';

/**
 * The record by user id for a buyer who has none (mission, DynamoDB Tables 3, UUID-based record). It counts as created
 * by the payment that grants it, so that the same payments give the same record in whatever order they arrive.
 */
export function buildEntitlement(
  payment: Pick<PaymentCompletedData, 'userId' | 'transactionId' | 'completedAt' | 'plan'>,
  identity: { key: RecordKey; solutionId: string; email: string; token: string },
  now: Date,
) {
  const { tier } = payment.plan;
  return {
    ...identity.key,
    token: identity.token,
    solution_id: identity.solutionId,
    user_id: payment.userId,
    // As the marketplace looks it up by its own index.
    user_email: identity.email.trim().toLowerCase(),
    tier,
    access_tier: tier,
    accessTier: tier,
    status: 'active',
    dailyUsage: 0,
    lastUsageDate: utcDay(new Date(payment.completedAt)),
    grantedByTransactionId: payment.transactionId,
    grantedAt: payment.completedAt,
    createdByTransactionId: payment.transactionId,
    createdAt: payment.completedAt,
    created_at: payment.completedAt,
    updatedAt: now.toISOString(),
  };
}
