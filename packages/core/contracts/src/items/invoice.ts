import * as z from 'zod';
import { merchantOrderIdSchema, transactionIdSchema, userIdSchema } from '../ids.ts';
import { indianStates } from '../india/states.ts';
import { amountInPaisaSchema, currencySchema } from '../money.ts';
import { timestampSchema } from '../time.ts';
import { documentKindSchema } from './document-kind.ts';

const text = z.string().min(1);
const stateCode = z.enum(indianStates.map(({ code }) => code));

/** Who sells, as a document says it: the stage's configuration on the day of issue. */
export const sellerSchema = z.object({
  legalName: text,
  address: text,
  /** Absent: not registered, so no tax may be charged. */
  gstin: text.optional(),
  stateCode,
  /** Who stands for the document; an electronic one needs no signature. */
  signatory: text.optional(),
});
export type Seller = z.infer<typeof sellerSchema>;

/** Whom it is made out to. Its place of supply is the buyer's State. */
const buyerSchema = z.object({
  name: text.optional(),
  email: text,
  gstin: text.optional(),
  address: text.optional(),
  stateCode,
});

/** How a document's total is made up, in whole paisa; `sgstInPaisa` is UTGST within a Union Territory. */
const taxSchema = z.object({
  scheme: z.enum(['INTRA_STATE', 'INTRA_UNION_TERRITORY', 'INTER_STATE', 'NONE']),
  /** Of both heads together; 0 where no tax is charged. */
  ratePercent: z.int().nonnegative(),
  taxableInPaisa: amountInPaisaSchema,
  cgstInPaisa: amountInPaisaSchema,
  sgstInPaisa: amountInPaisaSchema,
  igstInPaisa: amountInPaisaSchema,
});

/**
 * A document as it was issued. It is never changed or removed: the PDF is made of it alone, and what was wrong is set right by
 * a credit note. Books are kept for 72 months.
 */
export const invoiceDocumentSchema = z.object({
  /** `INV26-0000001`; unique, and without a gap in its series. */
  number: text,
  kind: documentKindSchema,
  /** Its date. Never before that of the number before it. */
  issuedAt: timestampSchema,
  /** When the order was paid, of an invoice; when the money went back, of a credit note, where that is known. */
  suppliedAt: timestampSchema.optional(),
  transactionId: transactionIdSchema,
  merchantOrderId: merchantOrderIdSchema,
  userId: userIdSchema,
  /** Of a credit note: which invoice it takes back, and why. */
  credits: z
    .object({
      number: text,
      issuedAt: timestampSchema,
      why: z.enum(['REFUND', 'DUPLICATE']),
      refundId: text.optional(),
      /** What earlier notes of the invoice had taken back. */
      beforeInPaisa: amountInPaisaSchema,
    })
    .optional(),
  seller: sellerSchema,
  buyer: buyerSchema,
  /** The buyer never said where they are, so the seller's State stands for it. */
  isPlaceOfSupplyAssumed: z.boolean(),
  line: z.object({
    description: text,
    /** Services accounting code. */
    sac: text.optional(),
    planId: text,
    planVersion: z.int().positive(),
  }),
  tax: taxSchema,
  totalInPaisa: amountInPaisaSchema,
  currency: currencySchema,
  /** Which layout its PDF has. */
  templateVersion: z.int().positive(),
});
export type InvoiceDocument = z.infer<typeof invoiceDocumentSchema>;

/**
 * What an invoice's notes take back, by what each stands for: a refund's id, or `duplicate`. Each stands on those before it, so they
 * are given their places one after the other.
 */
const creditSchema = z.object({
  beforeInPaisa: amountInPaisaSchema,
  amountInPaisa: amountInPaisaSchema.min(1),
});

/**
 * An item of `marketplace-payment-invoices`: one document of an order, from the first thought of it on. pk `order#{transactionId}`, sk
 * `INVOICE#{revision}` or `CREDIT#{revision}#{what it stands for}`.
 */
export const documentItemSchema = z.object({
  pk: text,
  sk: text,
  transactionId: transactionIdSchema,
  /** The series that its number is of, and the last number that was given when it was first thought of. */
  series: text,
  from: z.int().nonnegative(),
  createdAt: timestampSchema,
  /** Index of documents that are not issued yet: `OPEN#{shard}`, since when. */
  openShard: text.optional(),
  openSince: timestampSchema.optional(),
  /** When the sweep last tried to finish it: every one gets its turn. */
  triedAt: timestampSchema.optional(),
  /** No document is due, and why. */
  none: z.object({ why: text, at: timestampSchema }).optional(),
  document: invoiceDocumentSchema.optional(),
  /** SHA-256 of the PDF, in hex. */
  pdfSha256: text.optional(),
  /** Of an invoice. `creditVersion` counts the writes. */
  credits: z.record(z.string(), creditSchema).optional(),
  creditedInPaisa: amountInPaisaSchema.optional(),
  creditVersion: z.int().nonnegative().optional(),
});
export type DocumentItem = z.infer<typeof documentItemSchema>;

/**
 * A number that was given, in the same table: pk `series#{series}`, sk the number in seven digits. It is there exactly if
 * every smaller one is, names the one document that has it, and is never changed or removed.
 */
export const numberItemSchema = z.object({
  pk: text,
  sk: text,
  documentPk: text,
  documentSk: text,
  /** The document's date. */
  at: timestampSchema,
});
export type NumberItem = z.infer<typeof numberItemSchema>;
