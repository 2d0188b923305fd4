import { printable } from '@cloudnestle/dev/terminal/printable';
import { formatTable } from '../../output/format-table.ts';
import { maskText } from '../../output/mask-text.ts';

/** The most frequent reasons first. */
export function formatReasons(title: string, reasons: Readonly<Record<string, number>>): string {
  const rows = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  return formatTable(
    ['letters', title],
    rows.map(([reason, count]) => [String(count), printable(maskText(reason))]),
  );
}

/** What a bulk action must leave because somebody else held it to the end. */
export function describeLeftHidden(hidden: number): string {
  const are = hidden === 1 ? 'letter is' : 'letters are';
  return `${hidden} ${are} hidden at the moment, somebody else holds them: run it again.`;
}

/** The lines that there are. */
export function joinLines(...lines: (string | false)[]): string {
  return lines.filter((line) => line !== false).join('\n');
}
