import * as z from 'zod';

/** What an order or a refund gives its buyer. A RECEIPT is the invoice of a seller who is not registered: it bears no tax. */
export const documentKindSchema = z.enum(['TAX_INVOICE', 'RECEIPT', 'CREDIT_NOTE']);
