/** The time, as an argument: `() => new Date()` in production, a fixed one in tests. */
export type Clock = () => Date;

/** A moment as tables and events keep it: UTC with milliseconds. */
export function toTimestamp(moment: Date): string {
  return moment.toISOString();
}

/** The later of two timestamps in one spelling. */
export function addMs(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
