import { addMs } from '../clock.ts';
import { istDay, istMidnight } from '../ist.ts';

/** What carries a number, each kind in a row of its own. */
export type DocumentKind = 'INVOICE' | 'CREDIT_NOTE';

/** Documents of one kind and financial year: `INV26`. */
export type Series = string;

/** A number of the tax office has at most 16 letters, digits, dashes and strokes (CGST Rules, 46 (b)). */
const LONGEST = 16;
const DIGITS = 7;
const MOST = 10 ** DIGITS - 1;

const kindLetters: Readonly<Record<DocumentKind, string>> = { INVOICE: 'INV', CREDIT_NOTE: 'CRN' };

/** What a stage may put before its series, so that no test document looks like a real one. */
export const SERIES_PREFIX = /^[A-Z0-9]{0,3}$/;

/** The financial year in India that a moment falls into, by the two digits of the calendar year in which it begins. */
export function financialYearOf(moment: Date): string {
  const [year = '', month = ''] = istDay(moment).split('-');
  const begins = Number(month) >= 4 ? Number(year) : Number(year) - 1;
  return String(begins % 100).padStart(2, '0');
}

/** The series of a document that is issued then: numbers begin at 1 with each financial year. */
export function seriesOf(kind: DocumentKind, issuedAt: Date, prefix = ''): Series {
  return `${prefix}${kindLetters[kind]}${financialYearOf(issuedAt)}`;
}

/** The last moment that a document of the series can bear as its date. */
export function endOfSeries(series: Series): Date {
  const begins = 2000 + Number(series.slice(-2));
  return addMs(istMidnight(`${begins + 1}-04-01`), -1);
}

/** `INV26-0000001`. Throws past the last number that fits. */
export function formatNumber(series: Series, sequence: number): string {
  const number = `${series}-${padSequence(sequence)}`;
  if (number.length > LONGEST) throw new Error(`${number} has more than ${LONGEST} characters`);
  return number;
}

/** Seven digits, so that text order is the order of numbers. */
export function padSequence(sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MOST) {
    throw new Error(`a series has numbers from 1 to ${MOST}, not ${sequence}`);
  }
  return String(sequence).padStart(DIGITS, '0');
}

/** A number's parts, in any case; undefined where the text is none. */
export function readNumber(text: string): { series: Series; sequence: number } | undefined {
  const found = /^([A-Z0-9]{0,3}(?:INV|CRN)\d{2})-(\d{7})$/.exec(text.trim().toUpperCase());
  const [, series, digits] = found ?? [];
  if (series === undefined || digits === undefined) return undefined;
  return { series, sequence: Number(digits) };
}
