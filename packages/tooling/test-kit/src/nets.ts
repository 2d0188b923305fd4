/**
 * How long tests wait for what should happen at once: nets for a hang, and nothing that a slow machine could reach. No test
 * has a limit of its own.
 */
export const WAIT_MS = 240_000;

/** A test, or a hook of it: many times the longest one, and several waits, which say what did not come. */
export const TEST_MS = 900_000;
