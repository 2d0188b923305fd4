import { type FaultKind, faultKinds } from '../faults/fault-kinds.ts';

/** What a run has met: plain counts, so that those of several processes can be added. */
export interface CoverageCounts {
  /** kind of fault -> what it met -> how often */
  faults: Record<string, Record<string, number>>;
  /** unit of work -> outcome -> how often */
  outcomes: Record<string, Record<string, number>>;
}

export interface Coverage {
  met(kind: FaultKind, where: string): void;
  ended(unit: string, outcome: string): void;
  counts(): CoverageCounts;
}

export function createCoverage(): Coverage {
  const counts = emptyCounts();
  return {
    met: (kind, where) => add(counts.faults, kind, where, 1),
    ended: (unit, outcome) => add(counts.outcomes, unit, outcome, 1),
    counts: () => counts,
  };
}

export function emptyCounts(): CoverageCounts {
  return { faults: {}, outcomes: {} };
}

/** Adds what another run has met. */
export function addCounts(to: CoverageCounts, from: CoverageCounts): void {
  for (const part of ['faults', 'outcomes'] as const) {
    for (const [name, wheres] of Object.entries(from[part])) {
      for (const [where, count] of Object.entries(wheres)) add(to[part], name, where, count);
    }
  }
}

/** Kinds of fault that met nothing at all. */
export function findUnmet(counts: CoverageCounts): FaultKind[] {
  return faultKinds.filter((kind) => counts.faults[kind] === undefined);
}

function add(
  to: Record<string, Record<string, number>>,
  name: string,
  where: string,
  count: number,
): void {
  const row = to[name] ?? {};
  row[where] = (row[where] ?? 0) + count;
  to[name] = row;
}

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
