import type { CoverageCounts } from '../tally/create-coverage.ts';

/** The table of coverage: how often each kind of fault met what, and each unit of work ended how. */
export function formatCoverage({ faults, outcomes }: CoverageCounts): string[] {
  return [
    'Faults, and what they met:',
    ...formatRows(faults),
    '',
    'How each unit of work ended:',
    ...formatRows(outcomes),
  ];
}

function formatRows(rows: Readonly<Record<string, Record<string, number>>>): string[] {
  return Object.entries(rows)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, met]) => {
      const entries = Object.entries(met).toSorted(([, a], [, b]) => b - a);
      const sum = entries.reduce((total, [, count]) => total + count, 0);
      const details = entries.map(([where, count]) => `${where} ${count}`).join(', ');
      return `  ${name.padEnd(24)} ${String(sum).padStart(9)}  ${details}`;
    });
}
