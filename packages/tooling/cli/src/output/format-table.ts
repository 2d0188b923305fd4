import { escapeUnprintable } from '@cloudnestle/contracts/printable';
import Table from 'cli-table3';

/** A cell's text: one line, or each of several. */
export type Cell = string | readonly string[];

/** Rows under titles, for people who compare. No text in a cell breaks out of its line. */
export function formatTable(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    head: titles.map(toText),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map(toText));
  return table.toString();
}

function toText(cell: Cell): string {
  const lines = typeof cell === 'string' ? [cell] : cell;
  return lines.map(escapeUnprintable).join('\n');
}
