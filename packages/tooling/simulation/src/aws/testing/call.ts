import type { Condition, Path, Update } from './expressions.ts';

/** A command of the document client by name, with its input. */
export interface Call {
  name: string;
  input: Record<string, unknown>;
  /** What its expressions say, by which a known difference between emulator and AWS is recognised. */
  said: { conditions: Condition[]; update?: Update; projection?: readonly Path[] };
}

/** A table of the topology with keys and an index to generate for. */
export interface Target {
  table: string;
  partitionKey: string;
  sortKey?: string;
  index: { name: string; partitionKey: string; sortKey?: string };
}

/** Stands before every partition in what is generated; each run puts its own in its place, so that no two meet. */
export const RUN = '~run~';

/** The call with the run's own partitions. */
export function callOfRun(call: Call, run: string): Call {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith(RUN) ? value.replace(RUN, run) : value;
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null || value instanceof Set) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each)]));
  };
  return {
    ...call,
    input: Object.fromEntries(
      Object.entries(call.input).map(([name, value]) => [name, replace(value)]),
    ),
  };
}
