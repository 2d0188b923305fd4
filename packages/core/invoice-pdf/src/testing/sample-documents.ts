import type { Billing } from '@cloudnestle/contracts/billing';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { type SellerConfig, sellerConfigSchema } from '@cloudnestle/contracts/seller';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { buildCreditNote, buildInvoice } from '@cloudnestle/payments/invoices/build-document';

export const sampleSeller = sellerConfigSchema.parse({
  legalName: 'CloudNestle Technologies Private Limited',
  address: '17 Residency Road, Bengaluru 560025',
  gstin: '29AAGCB7383J1Z4',
  stateCode: '29',
  sac: { standard: '998439' },
  signatory: 'Meera Iyer, Director',
});

export const sampleBuyers = {
  inKarnataka: { stateCode: '29', name: 'Asha Rao' },
  inMaharashtra: { stateCode: '27', name: 'Rohan Deshmukh' },
  company: {
    stateCode: '27',
    name: 'Asha Textiles LLP',
    gstin: '27AAPFU0939F1ZV',
    address: '4 Hill Road, Bandra West, Mumbai 400050',
  },
} as const satisfies Record<string, Billing>;

/** The invoice of a paid order. */
export function sampleInvoice(
  parties: { config?: SellerConfig; billing?: Billing | undefined } = {},
  planId = 'pro',
): InvoiceDocument {
  const { config = sampleSeller } = parties;
  const plan = buildCatalogue({ solutionId: 'aws-solution-finder' }).plans.find(
    (each) => each.planId === planId,
  );
  if (!plan) throw new Error(`the catalogue has no plan ${planId}`);
  const createdAt = new Date('2026-11-28T09:00:00.000Z');
  const order = {
    row: {
      transactionId: 'txn_MP-uuid-123-1795856400-abc123',
      merchantOrderId: 'MP-uuid-123-1795856400-abc123',
      userId: 'uuid-123',
      userEmail: 'asha.rao@example.com',
      tier: plan.tier,
      amount: plan.amountInPaisa,
      status: 'COMPLETED' as const,
      createdAt: createdAt.toISOString(),
      completedAt: '2026-11-28T09:01:30.000Z',
    },
    plan,
    amountInPaisa: plan.amountInPaisa,
    createdAt,
    expiresAt: createdAt,
  };
  const issued = { number: 'INV26-0000001', issuedAt: new Date('2026-11-28T09:01:35.000Z') };
  return buildInvoice(order, issued, { config, billing: parties.billing });
}

/** The note of a refund of a part, or of the rest after one. */
export function sampleCreditNote(
  invoice: InvoiceDocument,
  amounts: { beforeInPaisa: number; amountInPaisa: number },
): InvoiceDocument {
  const issued = { number: 'CRN26-0000001', issuedAt: new Date('2026-11-30T06:00:00.000Z') };
  return buildCreditNote(invoice, issued, {
    why: 'REFUND',
    refundId: 'MR-1f0c9b7a5e3d2c4b6a8f0e1d',
    refundedAt: '2026-11-30T05:59:00.000Z',
    ...amounts,
  });
}
