import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type DocumentItem,
  documentItemSchema,
  type InvoiceDocument,
  numberItemSchema,
} from '@cloudnestle/contracts/items/invoice';
import { padSequence, readNumber } from '@cloudnestle/payments/invoices/numbers';
import { PermanentError } from '@cloudnestle/runtime/errors';

export interface InvoicesTable {
  dynamo: DynamoDBDocumentClient;
  table: string;
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

/** An order's invoice, the last one where one took the place of another; undefined where it has none. */
export async function findInvoice(
  invoices: InvoicesTable,
  transactionId: string,
): Promise<StoredDocument | undefined> {
  let found: StoredDocument | undefined;
  for (let revision = 1; ; revision += 1) {
    const key = { pk: `order#${transactionId}`, sk: `INVOICE#${revision}` };
    const next = toStored(await getDocument(invoices, key));
    if (!next) return found;
    found = next;
  }
}

async function getDocument(
  invoices: InvoicesTable,
  key: { pk: string; sk: string },
): Promise<DocumentItem | undefined> {
  const item = await get(invoices, key);
  if (!item) return undefined;
  const parsed = documentItemSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new PermanentError(`the document ${key.pk} ${key.sk} does not fit its contract`);
}

async function get({ dynamo, table }: InvoicesTable, key: { pk: string; sk: string }) {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  return Item;
}

/** Undefined where it is only thought of. */
export function toStored(item: DocumentItem | undefined): StoredDocument | undefined {
  if (item?.document === undefined || item.pdfSha256 === undefined) return undefined;
  return { document: item.document, pdfSha256: item.pdfSha256 };
}
