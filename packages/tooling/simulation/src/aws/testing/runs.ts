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
