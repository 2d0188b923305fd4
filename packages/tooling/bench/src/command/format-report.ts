import type { Findings } from '../benchmark.ts';
import { formatMachine, type Machine } from './describe-machine.ts';
import { columnTitles, formatMeasure } from './format-measure.ts';
import { formatTable } from './format-table.ts';

export interface Report {
  machine: Machine;
  /** ISO. */
  measuredAt: string;
  quick: boolean;
  benchmarks: (Findings & { name: string })[];
}

/** One table of everything measured, with the machine, the date and how it was measured. */
export function formatReport({ machine, measuredAt, quick, benchmarks }: Report): string {
  const rows = benchmarks.flatMap(({ measures }) => measures.map(formatMeasure));
  const notes = benchmarks.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`));
  return [
    `${formatMachine(machine)}, ${measuredAt.slice(0, 10)}`,
    ...(quick ? ['A quick run: the numbers mean little.'] : []),
    '',
    formatTable([columnTitles, ...rows]),
    '',
    ...notes,
  ].join('\n');
}
