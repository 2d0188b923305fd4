import { printable } from '@cloudnestle/contracts/printable';
import { maskText } from '@cloudnestle/operations/words/mask';
import { formatTable } from '../output/format-table.ts';

/** `1,234` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 letter`, `1,234 letters` */
export function countLetters(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'letter' : 'letters'}`;
}

/** Letters that another command holds, as a sentence. */
export function describeHidden(count: number): string {
  const [are, they] = count === 1 ? ['is', 'it shows'] : ['are', 'they show'];
  return `${countLetters(count)} ${are} hidden at the moment (a client looks at or moves ${count === 1 ? 'it' : 'them'}, or was killed doing so): ${they} up again within a minute or so.`;
}

const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1000 },
];

/** `3 d 4 h`, `2 h 5 min`, `12 s`: the two largest units, and nothing below zero. */
export function describeAge(ageMs: number): string {
  const first = steps.findIndex(({ ms }) => ageMs >= ms);
  let restMs = ageMs;
  const parts = steps.slice(first, first + 2).map(({ unit, ms }) => {
    const count = Math.floor(restMs / ms);
    restMs -= count * ms;
    return count === 0 ? '' : `${count} ${unit}`;
  });
  return first < 0 ? '0 s' : parts.filter(Boolean).join(' ');
}

/** The most frequent reasons first. */
export function formatReasons(title: string, reasons: Readonly<Record<string, number>>): string {
  const rows = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  return formatTable(
    ['letters', title],
    rows.map(([reason, count]) => [String(count), printable(maskText(reason))]),
  );
}

/** What a bulk action must leave because another command held it to the end. */
export function describeLeftHidden(hidden: number): string {
  const are = hidden === 1 ? 'letter is' : 'letters are';
  return `${hidden} ${are} hidden at the moment, another client holds them: run it again.`;
}

/** The lines that there are. */
export function joinLines(...lines: (string | false)[]): string {
  return lines.filter((line) => line !== false).join('\n');
}
