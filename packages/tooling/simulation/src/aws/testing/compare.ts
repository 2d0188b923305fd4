/**
 * How many random sequences each comparison with an emulator runs: a few in the suite, as many as wanted in a longer
 * run (`pnpm --filter @cloudnestle/simulation compare 5000`). Every run begins with a fresh seed, which a failure shows.
 */
export const runs = Number(process.env.COMPARE_RUNS ?? 6);

/** Says in a longer run how often each answer was met. */
export function report(what: string, met: ReadonlyMap<string, number>): void {
  if (process.env.COMPARE_RUNS === undefined) return;
  const lines = [...met].toSorted().map(([answer, count]) => `  ${count} ${answer}\n`);
  process.stdout.write(`${what}, compared:\n${lines.join('')}`);
}

/** What came of a command: an answer, or an error by its name. */
export type Outcome = { answer: unknown } | { error: string };

/** Runs a command; the answer is brought into one form: no metadata, sets sorted, nothing undefined. */
export async function outcomeOf(run: () => unknown): Promise<Outcome> {
  try {
    return { answer: normalise(await run()) };
  } catch (error) {
    return { error: error instanceof Error ? error.name : String(error) };
  }
}

function normalise(value: unknown): unknown {
  if (value instanceof Set) return { set: [...value].map(String).sort() };
  if (Array.isArray(value)) return value.map(normalise);
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => name !== '$metadata' && member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, normalise(member)]),
  );
}
