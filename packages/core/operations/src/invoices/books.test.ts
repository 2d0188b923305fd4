import {
  sampleBuyers,
  sampleCreditNote,
  sampleInvoice,
  sampleSeller,
} from '@cloudnestle/invoice-pdf/testing/sample-documents';
import { expect, it } from 'vitest';
import { checkBooks, isFault } from './check-books.ts';
import { buildGstTables } from './gst-tables.ts';
import type { BookedNumber } from './read-books.ts';

const inKarnataka = sampleInvoice({ billing: sampleBuyers.inKarnataka });
const inMaharashtra = {
  ...sampleInvoice({ billing: sampleBuyers.inMaharashtra }),
  number: 'INV26-0000002',
};
const company = {
  ...sampleInvoice({ billing: sampleBuyers.company }, 'enterprise-yearly'),
  number: 'INV26-0000003',
};
const part = sampleCreditNote(inKarnataka, { beforeInPaisa: 0, amountInPaisa: 100_00 });
const ofCompany = {
  ...sampleCreditNote(company, { beforeInPaisa: 0, amountInPaisa: 9_999_00 }),
  number: 'CRN26-0000002',
};
const large = {
  ...sampleInvoice({ billing: sampleBuyers.inMaharashtra }),
  number: 'INV26-0000004',
  totalInPaisa: 100_000_01,
};
const { gstin: _, ...unregistered } = sampleSeller;
const receipt = { ...sampleInvoice({ config: unregistered }), number: 'INV26-0000005' };

const all = [inKarnataka, inMaharashtra, company, part, ofCompany];
const tablesOf = (documents: Parameters<typeof buildGstTables>[0]) => {
  const totals = new Map([...all, large].map(({ number, totalInPaisa }) => [number, totalInPaisa]));
  const tables = buildGstTables(documents, (number) => totals.get(number));
  return Object.fromEntries(tables.map(({ name, titles, rows }) => [name, { titles, rows }]));
};

it('puts each document into its table of the return, and every row under its titles', () => {
  const tables = tablesOf(all);
  expect(tables.b2b?.rows).toEqual([
    [
      ...['27AAPFU0939F1ZV', 'Asha Textiles LLP', 'INV26-0000003', '28-Nov-2026', '9999.00'],
      ...['27-Maharashtra', 'N', '', 'Regular B2B', '', '18.00', '8473.73', '0.00'],
    ],
  ]);
  expect(tables.cdnr?.rows.map(([gstin, , number]) => [gstin, number])).toEqual([
    ['27AAPFU0939F1ZV', 'CRN26-0000002'],
  ]);
  // Net of the credit note: 253.38 less the taxable value of ₹100.
  expect(tables.b2cs?.rows).toEqual([
    ['OE', '27-Maharashtra', '', '18.00', '253.39', '0.00', ''],
    ['OE', '29-Karnataka', '', '18.00', '168.64', '0.00', ''],
  ]);
  expect(tables.b2cl?.rows).toEqual([]);
  expect(tables.cdnur?.rows).toEqual([]);
  expect(tables.docs?.rows).toEqual([
    ['Invoices for outward supply', 'INV26-0000001', 'INV26-0000003', '3', '0'],
    ['Credit Note', 'CRN26-0000001', 'CRN26-0000002', '2', '0'],
  ]);
  for (const { titles, rows } of Object.values(tables)) {
    for (const row of rows) expect(row).toHaveLength(titles.length);
  }
});

it('adds the tax up by code, credit notes taken off', () => {
  expect(tablesOf(all).hsn?.rows).toEqual([
    ['998439', '', 'NA', '3', '498.00', '18.00', '422.03', '45.61', '15.18', '15.18', '0.00'],
  ]);
});

it('reports a large sale to another State by itself, and its credit notes too', () => {
  const note = {
    ...sampleCreditNote(large, { beforeInPaisa: 0, amountInPaisa: 100_00 }),
    number: 'CRN26-0000003',
  };
  const tables = tablesOf([large, note]);
  expect(tables.b2cl?.rows.map(([number]) => number)).toEqual(['INV26-0000004']);
  expect(tables.cdnur?.rows.map(([, number]) => number)).toEqual(['CRN26-0000003']);
  expect(tables.b2cs?.rows).toEqual([]);
});

it('leaves receipts out of the return', () => {
  for (const { rows } of Object.values(tablesOf([receipt]))) expect(rows).toEqual([]);
});

const NOW = new Date('2026-11-28T12:00:00.000Z');

function book(document: typeof inKarnataka, sequence: number, creditedInPaisa = 0): BookedNumber {
  return {
    number: document.number,
    series: 'INV26',
    sequence,
    at: document.issuedAt,
    owner: `order#${document.transactionId}-${sequence} INVOICE#1`,
    transactionId: `txn_MP-${sequence}`,
    stored: { document, pdfSha256: 'hash' },
    creditedInPaisa,
  };
}

const rowOf = (sequence: number, changes: Record<string, unknown> = {}) => ({
  transactionId: `txn_MP-${sequence}`,
  status: 'COMPLETED',
  amount: 299_00,
  completedAt: '2026-11-28T09:01:30.000Z',
  ...changes,
});

function check(
  numbers: readonly BookedNumber[],
  options: { sequences?: readonly number[]; rows?: readonly Record<string, unknown>[] } = {},
) {
  const { sequences = numbers.map(({ sequence }) => sequence) } = options;
  const rows = options.rows ?? numbers.map(({ sequence }) => rowOf(sequence));
  return checkBooks(numbers, {
    sequences: new Map([['INV26', sequences]]),
    rows: new Map(rows.map((row) => [String(row.transactionId), row])),
    isInvoiced: new Set(numbers.map(({ transactionId }) => transactionId)),
    now: NOW,
  });
}

it('finds nothing wrong with books that are whole', () => {
  expect(check([book(inKarnataka, 1), book(inMaharashtra, 2)])).toEqual([]);
});

it('finds a gap, a number given twice, a document that is not written and a date that runs back', () => {
  const one = book(inKarnataka, 1);
  const kinds = (...inputs: Parameters<typeof check>) => check(...inputs).map(({ kind }) => kind);
  expect(kinds([one, book(inMaharashtra, 3)])).toEqual(['gap']);
  expect(kinds([one], { sequences: [2] })).toEqual(['gap']);
  expect(kinds([one, { ...book(inMaharashtra, 2), owner: one.owner }])).toEqual(['given twice']);
  expect(kinds([one, { ...book(inMaharashtra, 2), stored: undefined }])).toEqual([
    'without document',
  ]);
  expect(kinds([one, { ...book(inMaharashtra, 2), at: '2026-11-01T00:00:00.000Z' }])).toEqual([
    'date runs back',
  ]);
});

it('holds each invoice to its order and to what went back', () => {
  const kinds = (credited: number, row: Record<string, unknown>) =>
    check([book(inKarnataka, 1, credited)], { rows: [rowOf(1, row)] }).map(({ kind }) => kind);
  expect(kinds(0, { amount: 300_00 })).toEqual(['amount differs']);
  expect(kinds(100_00, { refunds: { 'MR-1': 100_00 } })).toEqual([]);
  expect(kinds(0, { refunds: { 'MR-1': 100_00 } })).toEqual(['credited too little']);
  expect(kinds(100_00, {})).toEqual(['credited too much']);
  // Taken back whole, for the order was a duplicate.
  expect(kinds(299_00, { duplicateOf: 'txn_MP-0' })).toEqual([]);
  // What was charged twice was never invoiced.
  expect(kinds(0, { completedAttempts: 2, refunds: { 'MR-1': 299_00 } })).toEqual([]);
  const wrong = { ...inKarnataka, totalInPaisa: 299_01 };
  expect(
    check([book(wrong, 1)], { rows: [rowOf(1, { amount: 299_01 })] }).map(({ kind }) => kind),
  ).toEqual(['sum is wrong']);
});

it('misses the invoice of an order that was paid more than an hour ago, and of no other', () => {
  const kinds = (row: Record<string, unknown>) =>
    check([], { rows: [rowOf(9, row)] }).map(({ kind }) => kind);
  expect(kinds({})).toEqual(['no document']);
  expect(kinds({ completedAt: '2026-11-28T11:30:00.000Z' })).toEqual([]);
  expect(kinds({ status: 'FAILED' })).toEqual([]);
  expect(kinds({ accessRevokedAt: '2026-11-28T10:00:00.000Z' })).toEqual([]);
  expect(kinds({ duplicateOf: 'txn_MP-0' })).toEqual([]);
});

it('lists where the State is assumed, which is no fault', () => {
  const findings = check([book(sampleInvoice(), 1)]);
  expect(findings.map(({ kind }) => kind)).toEqual(['assumed State']);
  expect(findings.some(isFault)).toBe(false);
});
