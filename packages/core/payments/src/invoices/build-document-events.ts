import type { EventToPublish } from '@cloudnestle/contracts/event';
import {
  type CreditNoteIssuedData,
  creditNoteIssued,
} from '@cloudnestle/contracts/events/credit-note-issued';
import {
  type InvoiceIssuedData,
  invoiceIssued,
} from '@cloudnestle/contracts/events/invoice-issued';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { buildMetadata, deriveEventId, type Trigger } from '../fact.ts';
import { taxOf } from './tax.ts';

export type DocumentEvent =
  | EventToPublish<'InvoiceIssued', InvoiceIssuedData>
  | EventToPublish<'CreditNoteIssued', CreditNoteIssuedData>;

/** A document was issued. The fact is its number, whichever delivery tells of it. */
export function buildDocumentEvent(
  document: InvoiceDocument,
  trigger: Omit<Trigger, 'gatewayEvent'>,
): DocumentEvent {
  const { number, kind, transactionId, userId, issuedAt, totalInPaisa, tax, credits } = document;
  const data = {
    documentNumber: number,
    documentKind: kind,
    transactionId,
    userId,
    issuedAt,
    totalInPaisa,
    taxInPaisa: taxOf(tax),
    currency: document.currency,
  };
  const metadataOf = (schemaVersion: number) =>
    buildMetadata(trigger, {
      eventId: deriveEventId(['document issued', transactionId, number]),
      schemaVersion,
      correlationId: transactionId,
      occurredAt: issuedAt,
    });
  if (credits === undefined) {
    const { detailType, schemaVersion } = invoiceIssued;
    return { detailType, detail: { metadata: metadataOf(schemaVersion), data } };
  }
  const { detailType, schemaVersion } = creditNoteIssued;
  return {
    detailType,
    detail: {
      metadata: metadataOf(schemaVersion),
      data: { ...data, creditedNumber: credits.number, refundId: credits.refundId },
    },
  };
}
