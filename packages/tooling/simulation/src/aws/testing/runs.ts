/**
 * How many random sequences each comparison with an emulator runs: a few in the suite, as many as wanted in a longer
 * run (`pnpm --filter @cloudnestle/simulation compare 5000`). Every run begins with a fresh seed, which a failure shows.
 */
export const runs = Number(process.env.COMPARE_RUNS ?? 15);
