import Table from 'cli-table3';

/** Rows under titles, for people who compare. */
export function formatTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({ head: [...titles], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push([...row]);
  return table.toString();
}
