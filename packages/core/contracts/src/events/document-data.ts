import { transactionIdSchema, userIdSchema } from '../ids.ts';
import { documentKindSchema } from '../items/document-kind.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { eventTextSchema } from '../text.ts';
import { timestampSchema } from '../time.ts';

/** What is said of a document that was issued: numbers and sums. Whom it is made out to stands in its record alone. */
export const documentDataShape = {
  documentNumber: eventTextSchema.min(1).describe('`INV26-0000001`.'),
  documentKind: documentKindSchema,
  transactionId: transactionIdSchema,
  userId: userIdSchema,
  issuedAt: timestampSchema,
  totalInPaisa: amountInPaisaSchema.describe('Taxable value and tax together; whole paisa.'),
  taxInPaisa: amountInPaisaSchema,
  currency: currencySchema,
};
