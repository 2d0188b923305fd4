import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import { stringify } from 'csv-stringify/sync';

/** Rows with a line of titles, each row one line; a cell that a spreadsheet would compute is kept from it. */
export function formatCsv(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, ...rows].map((row) => row.map(escapeUnprintable));
  return stringify(lines, { escape_formulas: true });
}
