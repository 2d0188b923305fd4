import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import {
  type BookFinding,
  checkBooks,
  isFault,
} from '@cloudnestle/operations/invoices/check-books';
import { findByNumber, findInvoice } from '@cloudnestle/operations/invoices/find-documents';
import { buildGstTables, rupees } from '@cloudnestle/operations/invoices/gst-tables';
import { type BookedNumber, readBooks } from '@cloudnestle/operations/invoices/read-books';
import { createListOrders, readRange } from '@cloudnestle/operations/orders-by-day';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { CliError } from '../cli-error.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { formatCsv } from '../output/format-csv.ts';
import { formatTable } from '../output/format-table.ts';
import { print, tell } from '../output/print.ts';
import type { Format } from '../reconcile/options.ts';
import { shell } from '../shell.ts';

export interface BooksOptions {
  from: string;
  to: string;
  report: Format;
  gstr1?: string;
  check?: boolean;
}

type Dynamo = ReturnType<typeof createDynamoClient>;

const AT_ONCE = 20;

/** Prints the documents of some days, writes the return's tables, and holds the books to the orders: whichever is asked for. */
export async function runBooks({ from, to, report, gstr1, check }: BooksOptions): Promise<void> {
  if (from > to) throw new CliError('--to must not be before --from.');
  const stage = await readEnvironment();
  const dynamo = createDynamoClient();
  const invoices = { dynamo, table: stage.tables.invoices };
  const { seriesPrefix } = stage;
  const { numbers, sequences } = await readBooks(invoices, { from, to, seriesPrefix });
  const findings = check ? await findFindings(stage, dynamo, { from, to, numbers, sequences }) : [];
  if (report === 'json')
    print({ stage: stage.stage, from, to, documents: listRows(numbers), findings });
  else if (report === 'csv') print(formatCsv(titles, listRows(numbers).map(Object.values)));
  else print(describeBooks(stage.stage, numbers, { isChecked: check === true, findings }));
  if (gstr1 !== undefined)
    await writeTables(gstr1, numbers, { dynamo, table: stage.tables.invoices });
  if (findings.some(isFault)) shell().status = 1;
}

const titles = [
  ...['number', 'issued', 'kind', 'order', 'State', 'GSTIN'],
  ...['taxable', 'CGST', 'SGST/UTGST', 'IGST', 'total', 'against'],
];

function listRows(numbers: readonly BookedNumber[]) {
  return numbers.map(({ number, at, transactionId, stored }) => {
    const { kind, buyer, tax, totalInPaisa, credits, isPlaceOfSupplyAssumed } =
      stored?.document ?? {};
    return {
      number,
      issuedAt: at,
      kind: kind ?? 'NOT WRITTEN YET',
      transactionId,
      stateCode: `${buyer?.stateCode ?? ''}${isPlaceOfSupplyAssumed ? ' assumed' : ''}`,
      gstin: buyer?.gstin ?? '',
      taxable: rupees(tax?.taxableInPaisa ?? 0),
      cgst: rupees(tax?.cgstInPaisa ?? 0),
      sgst: rupees(tax?.sgstInPaisa ?? 0),
      igst: rupees(tax?.igstInPaisa ?? 0),
      total: rupees(totalInPaisa ?? 0),
      against: credits?.number ?? '',
    };
  });
}

function describeBooks(
  stage: string,
  numbers: readonly BookedNumber[],
  { isChecked, findings }: { isChecked: boolean; findings: readonly BookFinding[] },
): string {
  const documents = numbers.flatMap(({ stored }) => stored?.document ?? []);
  const sum = (isNote: boolean) =>
    rupees(
      documents
        .filter(({ credits }) => (credits !== undefined) === isNote)
        .reduce((all, { totalInPaisa }) => all + totalInPaisa, 0),
    );
  const faults = findings.filter(isFault).length;
  return [
    ...(numbers.length > 0 ? [formatTable(titles, listRows(numbers).map(Object.values))] : []),
    `${stage}: ${numbers.length} documents, invoiced ₹${sum(false)}, credited ₹${sum(true)}.`,
    ...(findings.length > 0
      ? [
          formatTable(
            ['what', 'of', 'words'],
            findings.map(({ kind, of, words }) => [kind, of, words]),
          ),
        ]
      : []),
    ...(isChecked
      ? [faults === 0 ? 'Checked: nothing is wrong.' : `Checked: ${faults} wrong.`]
      : []),
  ].join('\n');
}

async function findFindings(
  stage: EnvironmentSecret,
  dynamo: Dynamo,
  books: { from: string; to: string } & Awaited<ReturnType<typeof readBooks>>,
): Promise<BookFinding[]> {
  const { transactions, invoices: table } = stage.tables;
  const rows = new Map<string, Record<string, unknown>>();
  const listOrders = createListOrders({
    dynamo,
    table: transactions,
    index: stage.indexes.ordersByDay,
  });
  for await (const page of listOrders(readRange({ startDate: books.from, endDate: books.to }))) {
    for (const row of page) rows.set(String(row.transactionId), row);
  }
  const invoiced = new Set(
    books.numbers
      .filter(({ stored }) => stored && !stored.document.credits)
      .map(({ transactionId }) => transactionId),
  );
  // Documents of orders of other days, and orders whose documents are of other days.
  const unread = [...invoiced].filter((id) => !rows.has(id));
  await mapConcurrently(unread, AT_ONCE, async (id) => {
    const row = await readTransaction(dynamo, transactions, id);
    if (row) rows.set(id, row);
  });
  const undocumented = [...rows.entries()].filter(
    ([id, { status }]) => status === 'COMPLETED' && !invoiced.has(id),
  );
  await mapConcurrently(undocumented, AT_ONCE, async ([id]) => {
    if (await findInvoice({ dynamo, table }, id)) invoiced.add(id);
  });
  return checkBooks(books.numbers, {
    sequences: books.sequences,
    rows,
    isInvoiced: invoiced,
    now: new Date(),
  });
}

/** The return's tables as files; what is wanted of an invoice of another day is looked up. */
async function writeTables(
  folder: string,
  numbers: readonly BookedNumber[],
  invoices: { dynamo: Dynamo; table: string },
): Promise<void> {
  const documents = numbers.flatMap(({ stored }) => stored?.document ?? []);
  const totals = new Map(documents.map(({ number, totalInPaisa }) => [number, totalInPaisa]));
  const others = documents.flatMap(({ credits }) =>
    credits && !totals.has(credits.number) ? [credits.number] : [],
  );
  await mapConcurrently([...new Set(others)], AT_ONCE, async (number) => {
    const found = await findByNumber(invoices, number);
    if (found) totals.set(number, found.document.totalInPaisa);
  });
  const absolute = resolve(shell().folder, folder);
  await mkdir(absolute, { recursive: true });
  for (const table of buildGstTables(documents, (number) => totals.get(number))) {
    const file = join(absolute, `${table.name}.csv`);
    await writeFile(file, formatCsv(table.titles, table.rows), { mode: 0o600 });
    tell(`Written: ${file} (${table.rows.length})`);
  }
}
