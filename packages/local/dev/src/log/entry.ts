import type { Log } from '@cloudnestle/runtime/logger';

/** One thing that happened in a run: a unit of work's summary, or a remark. */
export interface LogEntry {
  at: Date;
  level: keyof Log;
  /** The function or part it comes from. */
  unit: string;
  /** `summary` for the one line per unit of work; any other text is a remark. */
  message: string;
  fields: Parameters<Log['info']>[1];
}
