import { readFileSync } from 'node:fs';
import { type DetailType, eventContracts } from '@cloudnestle/contracts/events/all';
import type { ReportResponse } from '@cloudnestle/contracts/http/reconciliation-report';

/** The order that every example is about, in HTTP and in events alike (packages/core/contracts/samples). */
export const merchantOrderId = 'MP-uuid-123-1732356000-abc123';
export const transactionId = `txn_${merchantOrderId}`;

export const requestId = '7d3f9c1e-6b0a-4c55-9a0e-2f4b8d1c7e60';

const amount = 29_900;

/** A report of one day with one paid order. */
export const reportAnswer: ReportResponse & { requestId: string } = {
  success: true,
  timestamp: '2025-11-23T12:00:00.000Z',
  report: {
    summary: {
      total_transactions: 1,
      unreadable: 0,
      by_status: { pending: 0, completed: 1, failed: 0, refunded: 0 },
      by_solution: { 'aws-solution-finder': 1 },
      by_tier: { pro: 1 },
      by_payment_mode: { UPI: 1 },
      by_country: { Unknown: 1 },
      amounts: {
        total_amount: amount,
        completed_amount: amount,
        failed_amount: 0,
        refunded_amount: 0,
        pending_amount: 0,
        by_tier: { pro: amount },
        by_payment_mode: { UPI: amount },
      },
    },
    settlement_summary: {
      total_settlements: 1,
      settlement_amount: amount,
      pending_settlements: 1,
      pending_amount: amount,
      by_date: { '2025-11-25': amount },
    },
    refunds_summary: {
      gross_amount: amount,
      refunded_amount: 10_000,
      net_amount: amount - 10_000,
      by_date: [{ date: '2025-11-23', refunds: 1, amount: 10_000 }],
    },
    discrepancies: [],
    transactions: [
      {
        transaction_id: transactionId,
        merchant_order_id: merchantOrderId,
        amount,
        currency: 'INR',
        created_at: '2025-11-23T09:00:00.000Z',
        user_id: 'uuid-123',
        user_email: 'user@example.com',
        user_name: '',
        user_tier: 'pro',
        solution_id: 'aws-solution-finder',
        solution_name: 'aws-solution-finder',
        country: 'Unknown',
        marketplace_status: 'COMPLETED',
        phonepe_status: 'COMPLETED',
        verified: false,
        payment_mode: 'UPI',
        phonepe_transaction_id: 'OM-MP-uuid-123-1732356000-abc123',
        phonepe_timestamp: '2025-11-23T10:00:00.000Z',
        utr: '123456789012',
        upi_transaction_id: 'UPI123456',
        vpa: 'user@paytm',
        settlement_status: 'ELIGIBLE',
        settlement_date: '2025-11-25',
      },
    ],
  },
  requestId,
};

const samplesFolder = new URL('../../../core/contracts/samples/', import.meta.url);

/** The committed sample of a detail type's current version. Throws where there is none, or where it does not fit. */
export function readSample(detailType: DetailType) {
  const { detailSchema, schemaVersion } = eventContracts[detailType];
  const file = new URL(`${detailType}/v${schemaVersion}.json`, samplesFolder);
  return detailSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
