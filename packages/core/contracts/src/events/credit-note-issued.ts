import * as z from 'zod';
import { defineEvent } from '../event.ts';
import { eventTextSchema } from '../text.ts';
import { documentDataShape } from './document-data.ts';

/** An invoice was taken back, whole or in part. */
export const creditNoteIssued = defineEvent({
  detailType: 'CreditNoteIssued',
  schemaVersion: 1,
  data: () =>
    z.object({
      ...documentDataShape,
      creditedNumber: eventTextSchema.min(1).describe('The invoice that it takes back.'),
      refundId: eventTextSchema
        .min(1)
        .optional()
        .describe('Absent where the order was a duplicate.'),
    }),
});
export type CreditNoteIssuedData = z.infer<typeof creditNoteIssued.dataSchema>;
