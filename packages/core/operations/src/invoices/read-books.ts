import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { documentItemSchema, numberItemSchema } from '@cloudnestle/contracts/items/invoice';
import { addMs } from '@cloudnestle/payments/clock';
import { formatNumber, seriesOf } from '@cloudnestle/payments/invoices/numbers';
import { istMidnight } from '@cloudnestle/payments/ist';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import type { InvoicesTable, StoredDocument } from './find-documents.ts';

/** A number that was given, and its document; undefined: a delivery has taken the number and not finished yet. */
export interface BookedNumber {
  number: string;
  series: string;
  sequence: number;
  /** ISO. */
  at: string;
  /** Which document it was given to, as the table names it. */
  owner: string;
  transactionId: string;
  stored: StoredDocument | undefined;
  creditedInPaisa: number;
}

const DAY_MS = 86_400_000;
const AT_ONCE = 20;

/**
 * Every number that was given on the days from `from` to `to` in India, both included, by series and number.
 * `sequences` are all numbers of those series, of other days too, so that gaps can be seen.
 */
export async function readBooks(
  invoices: InvoicesTable,
  { from, to, seriesPrefix }: { from: string; to: string; seriesPrefix: string },
): Promise<{ numbers: BookedNumber[]; sequences: ReadonlyMap<string, readonly number[]> }> {
  const startsAt = istMidnight(from).toISOString();
  const endsAt = addMs(istMidnight(to), DAY_MS).toISOString();
  const series = new Set(
    [from, to].flatMap((day) =>
      (['INVOICE', 'CREDIT_NOTE'] as const).map((kind) =>
        seriesOf(kind, istMidnight(day), seriesPrefix),
      ),
    ),
  );
  const sequences = new Map<string, number[]>();
  const given: { series: string; sequence: number; at: string; pk: string; sk: string }[] = [];
  for (const name of series) {
    const all: number[] = [];
    sequences.set(name, all);
    const pages = paginateQuery(
      { client: invoices.dynamo },
      {
        TableName: invoices.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `series#${name}` },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) {
        const { sk, at, documentPk, documentSk } = numberItemSchema.parse(item);
        all.push(Number(sk));
        if (at < startsAt || at >= endsAt) continue;
        given.push({ series: name, sequence: Number(sk), at, pk: documentPk, sk: documentSk });
      }
    }
  }
  const read = readOneByOne(invoices.dynamo);
  const numbers = await mapConcurrently(given, AT_ONCE, async ({ pk, sk, ...number }) => {
    const item = documentItemSchema.safeParse(
      await read({ table: invoices.table, key: { pk, sk } }),
    ).data;
    const { document, pdfSha256, creditedInPaisa = 0 } = item ?? {};
    return {
      ...number,
      number: formatNumber(number.series, number.sequence),
      owner: `${pk} ${sk}`,
      transactionId: pk.replace(/^order#/, ''),
      stored: document && pdfSha256 ? { document, pdfSha256 } : undefined,
      creditedInPaisa,
    };
  });
  return { numbers, sequences };
}
