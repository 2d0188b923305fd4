import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { documentDataShape } from './document-data.ts';

/** A paid order has its invoice, or its receipt where the seller is not registered. */
export const invoiceIssued = defineEvent({
  detailType: 'InvoiceIssued',
  schemaVersion: 1,
  data: () => z.object(documentDataShape),
});
export type InvoiceIssuedData = z.infer<typeof invoiceIssued.dataSchema>;
