import { formatTable } from '../../output/format-table.ts';
import { maskText } from '../../output/mask-text.ts';
import { printable } from '../../output/printable.ts';

/** The most frequent reasons first. */
export function formatReasons(title: string, reasons: Readonly<Record<string, number>>): string {
  const rows = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  return formatTable(
    ['letters', title],
    rows.map(([reason, count]) => [String(count), printable(maskText(reason))]),
  );
}

/** The lines that there are. */
export function joinLines(...lines: (string | false)[]): string {
  return lines.filter((line) => line !== false).join('\n');
}
