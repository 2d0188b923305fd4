import { stringify } from 'csv-stringify/sync';

/** Rows with a line of titles; a cell that a spreadsheet would compute is kept from it. */
export function formatCsv(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([titles, ...rows], { escape_formulas: true });
}
