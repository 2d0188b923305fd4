/** The clock of one run: this machine's, as far ahead of it as a developer has moved it. */
export interface RunClock {
  now(): Date;
  nowMs(): number;
  /** How far ahead it is, in milliseconds. */
  aheadMs(): number;
  /** Moves it on. It never goes back: what was written would lie in the future. */
  advance(ms: number): void;
}

export function createRunClock(): RunClock {
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  return {
    nowMs,
    now: () => new Date(nowMs()),
    aheadMs: () => aheadMs,
    advance: (ms) => {
      aheadMs += Math.max(0, ms);
    },
  };
}

const DAY_MS = 86_400_000;
const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };

/** Ten years: no story takes longer. */
const LONGEST_MS = 3660 * DAY_MS;

/** A span as a developer writes it, `90s`, `30m`, `12h` or `31d`, in milliseconds; undefined where it is none, or too long. */
export function parseSpan(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit ?? ''];
  if (count === undefined || unitMs === undefined) return undefined;
  const ms = Number(count) * unitMs;
  return ms > 0 && ms <= LONGEST_MS ? ms : undefined;
}
