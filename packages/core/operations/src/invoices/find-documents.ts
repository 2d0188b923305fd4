import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  type DocumentItem,
  documentItemSchema,
  type InvoiceDocument,
  numberItemSchema,
} from '@cloudnestle/contracts/items/invoice';
import { padSequence, readNumber } from '@cloudnestle/payments/invoices/numbers';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { type ReadItem, readOneByOne } from '@cloudnestle/runtime/read-item';

export interface InvoicesTable {
  dynamo: DynamoDBDocumentClient;
  table: string;
  /** How its items are read; by default each for itself. */
  read?: ReadItem;
}

interface DocumentKey {
  pk: string;
  sk: string;
}

/** An issued document with the hash that its PDF must have. */
export interface StoredDocument {
  document: InvoiceDocument;
  pdfSha256: string;
}

/** The document that has a number; undefined where no document has it, or not yet. */
export async function findByNumber(
  invoices: InvoicesTable,
  number: string,
): Promise<StoredDocument | undefined> {
  const read = readNumber(number);
  if (!read || read.sequence < 1) return undefined;
  const given = await get(invoices, {
    pk: `series#${read.series}`,
    sk: padSequence(read.sequence),
  });
  const parsed = numberItemSchema.safeParse(given);
  if (!parsed.success) return undefined;
  const { documentPk: pk, documentSk: sk } = parsed.data;
  return toStored(await getDocument(invoices, { pk, sk }));
}

/**
 * The invoice of an order that has a number: nearly always its first one, so that one is looked at, and the number only
 * where it has another.
 */
export async function findInvoiceByNumber(
  invoices: InvoicesTable,
  { transactionId, number }: { transactionId: string; number: string },
): Promise<StoredDocument | undefined> {
  const first = toStored(await getDocument(invoices, invoiceKey(transactionId, 1)));
  return first?.document.number === number ? first : findByNumber(invoices, number);
}

function invoiceKey(transactionId: string, revision: number): DocumentKey {
  return { pk: `order#${transactionId}`, sk: `INVOICE#${revision}` };
}

/** An order's invoice, the last one where one took the place of another; undefined where it has none. */
export async function findInvoice(
  invoices: InvoicesTable,
  transactionId: string,
): Promise<StoredDocument | undefined> {
  const find = async (revision: number) =>
    toStored(await getDocument(invoices, invoiceKey(transactionId, revision)));
  // Nearly always there is no second one, which is asked for in the same call.
  let [found, next] = await Promise.all([find(1), find(2)]);
  for (let revision = 3; next; revision += 1) {
    found = next;
    next = await find(revision);
  }
  return found;
}

async function getDocument(
  invoices: InvoicesTable,
  key: DocumentKey,
): Promise<DocumentItem | undefined> {
  const item = await get(invoices, key);
  if (!item) return undefined;
  const parsed = documentItemSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new PermanentError(`the document ${key.pk} ${key.sk} does not fit its contract`);
}

function get({ dynamo, table, read = readOneByOne(dynamo) }: InvoicesTable, key: DocumentKey) {
  return read({ table, key: { ...key } });
}

/** Undefined where it is only thought of. */
export function toStored(item: DocumentItem | undefined): StoredDocument | undefined {
  if (item?.document === undefined || item.pdfSha256 === undefined) return undefined;
  return { document: item.document, pdfSha256: item.pdfSha256 };
}
