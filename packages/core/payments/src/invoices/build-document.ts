import type { Billing } from '@cloudnestle/contracts/billing';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type { SellerConfig } from '@cloudnestle/contracts/seller';
import { nameOf, PRODUCT_NAME } from '../catalogue.ts';
import { toTimestamp } from '../clock.ts';
import type { Order } from '../order.ts';
import { GST_RATE_PERCENT, schemeOf, splitCredit, splitInclusive } from './tax.ts';

/** The layout that documents issued today have. Another one is a new number: what was issued keeps its own. */
export const TEMPLATE_VERSION = 1;

/** A number with its date, as the series gave it. */
export interface IssuedNumber {
  number: string;
  issuedAt: Date;
}

/**
 * The invoice of a paid order, or its receipt where the seller is not registered. `billing` undefined: the buyer never said where
 * they are, and the seller's State is assumed.
 */
export function buildInvoice(
  { row, plan, amountInPaisa }: Order,
  { number, issuedAt }: IssuedNumber,
  parties: { config: SellerConfig; billing: Billing | undefined },
): InvoiceDocument {
  const { seller, sac } = describeSeller(parties.config, plan.planId);
  const { billing } = parties;
  const stateCode = billing?.stateCode ?? seller.stateCode;
  const scheme = seller.gstin === undefined ? 'NONE' : schemeOf(seller, stateCode);
  return {
    number,
    kind: seller.gstin === undefined ? 'RECEIPT' : 'TAX_INVOICE',
    issuedAt: toTimestamp(issuedAt),
    suppliedAt: row.completedAt,
    transactionId: row.transactionId,
    merchantOrderId: row.merchantOrderId,
    userId: row.userId,
    seller,
    buyer: {
      name: billing?.name,
      email: row.userEmail,
      gstin: billing?.gstin,
      address: billing?.address,
      stateCode,
    },
    isPlaceOfSupplyAssumed: billing === undefined,
    line: {
      description: `${PRODUCT_NAME}: ${nameOf(plan)}`,
      sac,
      planId: plan.planId,
      planVersion: plan.planVersion,
    },
    tax: {
      scheme,
      ratePercent: scheme === 'NONE' ? 0 : GST_RATE_PERCENT,
      ...splitInclusive(amountInPaisa, scheme),
    },
    totalInPaisa: amountInPaisa,
    currency: plan.currency,
    templateVersion: TEMPLATE_VERSION,
  };
}

/** What a credit note takes back, and for which of the invoice's notes it stands. */
export interface Credit {
  why: 'REFUND' | 'DUPLICATE';
  refundId?: string | undefined;
  /** When the money went back, where that is known. */
  refundedAt?: string | undefined;
  beforeInPaisa: number;
  amountInPaisa: number;
}

/** A credit note on an invoice: same parties, same tax, of what goes back. */
export function buildCreditNote(
  invoice: InvoiceDocument,
  { number, issuedAt }: IssuedNumber,
  { why, refundId, refundedAt, beforeInPaisa, amountInPaisa }: Credit,
): InvoiceDocument {
  const { scheme, ratePercent } = invoice.tax;
  return {
    ...invoice,
    number,
    kind: 'CREDIT_NOTE',
    issuedAt: toTimestamp(issuedAt),
    suppliedAt: refundedAt,
    credits: {
      number: invoice.number,
      issuedAt: invoice.issuedAt,
      why,
      refundId,
      beforeInPaisa,
    },
    tax: {
      scheme,
      ratePercent,
      ...splitCredit({ beforeInPaisa, amountInPaisa }, scheme, ratePercent),
    },
    totalInPaisa: amountInPaisa,
    templateVersion: TEMPLATE_VERSION,
  };
}

function describeSeller(config: SellerConfig, planId: string) {
  const { legalName, address, gstin, stateCode, signatory, sac } = config;
  const seller = { legalName, address, gstin, stateCode, signatory };
  return { seller, sac: sac?.plans[planId] ?? sac?.standard };
}
