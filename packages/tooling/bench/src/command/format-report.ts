import { arch, cpus, platform, totalmem } from 'node:os';
import type { Findings, Goal, Measure } from '../benchmark.ts';

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

export const columnTitles = ['', 'measured', 'bare', 'ratio', 'quartiles', 'goal', ''] as const;

/** A measure as the cells of its row. */
export function formatMeasure(measure: Measure): string[] {
  const { what, unit, measured, baseline, ratio, goal } = measure;
  return [
    what,
    formatValue(measured, unit),
    baseline === undefined ? '' : formatValue(baseline, unit),
    ratio ? ratio.median.toFixed(2) : '',
    ratio && ratio.low !== ratio.high ? `${ratio.low.toFixed(2)}-${ratio.high.toFixed(2)}` : '',
    goal ? formatGoal(goal) : '',
    goal && ratio ? (isMet(goal, ratio.median) ? 'met' : 'missed') : '',
  ];
}

/** Whether a ratio reaches its goal, as printed: to two decimals. */
export function isMet(goal: Goal, ratio: number): boolean {
  const printed = Number(ratio.toFixed(2));
  return 'atMost' in goal ? printed <= goal.atMost : printed >= goal.atLeast;
}

function formatGoal(goal: Goal): string {
  return 'atMost' in goal ? `<= ${goal.atMost.toFixed(2)}` : `>= ${goal.atLeast.toFixed(2)}`;
}

function formatValue(value: number, unit: Measure['unit']): string {
  const digits = unit === 'ms' && value < 10 ? 2 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

/** Columns of plain text: the first to the left, the others to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
}

/** What the times were measured on. */
export function describeMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown CPU',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.versions.node,
  };
}

function formatMachine({ cpu, cores, memoryGb, system, node }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`;
}
