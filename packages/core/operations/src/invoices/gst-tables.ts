import { findState } from '@cloudnestle/contracts/india/states';
import type { InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import { addParts, subtractParts, type TaxParts } from '@cloudnestle/payments/invoices/tax';
import { istDay } from '@cloudnestle/payments/ist';

/** A table of the return GSTR-1, as the tax office's offline tool takes it. */
export interface GstTable {
  name: 'b2b' | 'b2cl' | 'b2cs' | 'cdnr' | 'cdnur' | 'hsn' | 'docs';
  titles: readonly string[];
  rows: readonly (readonly string[])[];
}

/** An inter-State invoice to a buyer without a GSTIN above this is reported by itself, in paisa (since August 2024). */
const LARGE_IN_PAISA = 100_000_00;

/** The total of the invoice that a credit note takes back, by that invoice's number; in paisa. */
export type TotalOf = (invoiceNumber: string) => number | undefined;

/**
 * The tables of GSTR-1 of the documents of a period. Receipts of a seller who is not registered are in none. Sums of B2CS and HSN
 * are net of credit notes.
 */
export function buildGstTables(all: readonly InvoiceDocument[], totalOf: TotalOf): GstTable[] {
  const documents = all.filter(({ tax }) => tax.scheme !== 'NONE');
  const invoices = documents.filter(({ credits }) => credits === undefined);
  const notes = documents.filter(({ credits }) => credits !== undefined);
  const isLarge = (document: InvoiceDocument) => {
    const { buyer, tax, credits, totalInPaisa } = document;
    if (buyer.gstin !== undefined || tax.scheme !== 'INTER_STATE') return false;
    return (credits ? (totalOf(credits.number) ?? 0) : totalInPaisa) > LARGE_IN_PAISA;
  };
  const isCompany = ({ buyer }: InvoiceDocument) => buyer.gstin !== undefined;
  const isSmall = (document: InvoiceDocument) => !isCompany(document) && !isLarge(document);
  return [
    {
      name: 'b2b',
      titles: [
        ...['GSTIN/UIN of Recipient', 'Receiver Name', 'Invoice Number', 'Invoice date'],
        ...['Invoice Value', 'Place Of Supply', 'Reverse Charge', 'Applicable % of Tax Rate'],
        ...['Invoice Type', 'E-Commerce GSTIN', 'Rate', 'Taxable Value', 'Cess Amount'],
      ],
      rows: invoices
        .filter(isCompany)
        .map((each) => [
          ...[each.buyer.gstin ?? '', each.buyer.name ?? '', each.number, dateOf(each)],
          ...[rupees(each.totalInPaisa), placeOf(each), 'N', '', 'Regular B2B', ''],
          ...[rateOf(each), rupees(each.tax.taxableInPaisa), '0.00'],
        ]),
    },
    {
      name: 'b2cl',
      titles: [
        ...['Invoice Number', 'Invoice date', 'Invoice Value', 'Place Of Supply'],
        ...['Applicable % of Tax Rate', 'Rate', 'Taxable Value', 'Cess Amount', 'E-Commerce GSTIN'],
      ],
      rows: invoices
        .filter(isLarge)
        .map((each) => [
          ...[each.number, dateOf(each), rupees(each.totalInPaisa), placeOf(each), ''],
          ...[rateOf(each), rupees(each.tax.taxableInPaisa), '0.00', ''],
        ]),
    },
    {
      name: 'b2cs',
      titles: [
        ...['Type', 'Place Of Supply', 'Applicable % of Tax Rate', 'Rate', 'Taxable Value'],
        ...['Cess Amount', 'E-Commerce GSTIN'],
      ],
      rows: sumBy(documents.filter(isSmall), (each) => [placeOf(each), rateOf(each)]).map(
        ({ key: [place = '', rate = ''], sum }) => [
          ...['OE', place, '', rate, rupees(sum.taxableInPaisa), '0.00', ''],
        ],
      ),
    },
    {
      name: 'cdnr',
      titles: [
        ...['GSTIN/UIN of Recipient', 'Receiver Name', 'Note Number', 'Note Date', 'Note Type'],
        ...['Place Of Supply', 'Reverse Charge', 'Note Supply Type', 'Note Value'],
        ...['Applicable % of Tax Rate', 'Rate', 'Taxable Value', 'Cess Amount'],
      ],
      rows: notes
        .filter(isCompany)
        .map((each) => [
          ...[each.buyer.gstin ?? '', each.buyer.name ?? '', each.number, dateOf(each), 'C'],
          ...[placeOf(each), 'N', 'Regular B2B', rupees(each.totalInPaisa), ''],
          ...[rateOf(each), rupees(each.tax.taxableInPaisa), '0.00'],
        ]),
    },
    {
      name: 'cdnur',
      titles: [
        ...['UR Type', 'Note Number', 'Note Date', 'Note Type', 'Place Of Supply', 'Note Value'],
        ...['Applicable % of Tax Rate', 'Rate', 'Taxable Value', 'Cess Amount'],
      ],
      rows: notes
        .filter(isLarge)
        .map((each) => [
          ...['B2CL', each.number, dateOf(each), 'C', placeOf(each), rupees(each.totalInPaisa)],
          ...['', rateOf(each), rupees(each.tax.taxableInPaisa), '0.00'],
        ]),
    },
    {
      name: 'hsn',
      titles: [
        ...['HSN', 'Description', 'UQC', 'Total Quantity', 'Total Value', 'Rate'],
        ...['Taxable Value', 'Integrated Tax Amount', 'Central Tax Amount'],
        ...['State/UT Tax Amount', 'Cess Amount'],
      ],
      rows: sumBy(documents, (each) => [each.line.sac ?? '', rateOf(each)]).map(
        ({ key: [sac = '', rate = ''], sum, count, grossInPaisa }) => [
          ...[sac, '', 'NA', String(count), rupees(grossInPaisa), rate],
          ...[sum.taxableInPaisa, sum.igstInPaisa, sum.cgstInPaisa, sum.sgstInPaisa].map(rupees),
          '0.00',
        ],
      ),
    },
    {
      name: 'docs',
      titles: ['Nature of Document', 'Sr. No. From', 'Sr. No. To', 'Total Number', 'Cancelled'],
      rows: [
        ...describeSeries('Invoices for outward supply', invoices),
        ...describeSeries('Credit Note', notes),
      ],
    },
  ];
}

/** One row per series: what is issued is never cancelled here. */
function describeSeries(nature: string, documents: readonly InvoiceDocument[]): string[][] {
  const bySeries = Map.groupBy(documents, ({ number }) => number.slice(0, number.indexOf('-')));
  return [...bySeries.values()].map((each) => {
    const numbers = each.map(({ number }) => number).toSorted();
    return [nature, numbers[0] ?? '', numbers.at(-1) ?? '', String(numbers.length), '0'];
  });
}

/** Documents added up under the same key, credit notes taken off. */
function sumBy(
  documents: readonly InvoiceDocument[],
  keyOf: (document: InvoiceDocument) => readonly string[],
) {
  const groups = Map.groupBy(documents, (document) => keyOf(document).join('\t'));
  return [...groups.entries()].toSorted().map(([key, group]) => {
    const added = addParts(group.filter(({ credits }) => !credits).map(({ tax }) => tax));
    const credited = addParts(group.filter(({ credits }) => credits).map(({ tax }) => tax));
    const sum: TaxParts = subtractParts(added, credited);
    const sign = ({ credits }: InvoiceDocument) => (credits ? -1 : 1);
    return {
      key: key.split('\t'),
      sum,
      count: group.filter(({ credits }) => !credits).length,
      grossInPaisa: group.reduce((all, each) => all + sign(each) * each.totalInPaisa, 0),
    };
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28-Nov-2026`, in India. */
function dateOf({ issuedAt }: InvoiceDocument): string {
  const [year = '', month = '', day = ''] = istDay(new Date(issuedAt)).split('-');
  return `${day}-${months[Number(month) - 1]}-${year}`;
}

/** `29-Karnataka`. */
function placeOf({ buyer: { stateCode } }: InvoiceDocument): string {
  return `${stateCode}-${findState(stateCode)?.name ?? ''}`;
}

function rateOf({ tax }: InvoiceDocument): string {
  return `${tax.ratePercent}.00`;
}

/** `253.38`; exact, for paisa never become a fraction. */
export function rupees(inPaisa: number): string {
  const digits = String(Math.abs(inPaisa)).padStart(3, '0');
  return `${inPaisa < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
