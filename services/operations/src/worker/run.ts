import type { JobItem } from '@cloudnestle/contracts/items/operation';
import type { Desk } from '../desk/connect-desk.ts';
import type { JobProgress } from '../jobs/job-rows.ts';

/** One run of a job, as its kind's work sees it. */
export interface Run {
  desk: Desk;
  /** As it was when this run took it up. */
  job: JobItem;
  /** Which run it is: names what it alone writes. */
  runId: string;
  /** Aborted: what is under way is finished, and nothing more is begun. */
  signal: AbortSignal;
  /** Keeps progress; it is written within a second. */
  tell(progress: JobProgress): void;
  /** Writes progress now: what follows may stand on it. */
  save(progress: JobProgress): Promise<void>;
}

/** `stopped`: the signal was aborted; where time was over, another run goes on. */
export type RunResult = { kind: 'done' } | { kind: 'brokenOff'; why: string } | { kind: 'stopped' };

export type Work<Task> = (run: Run, task: Task) => Promise<RunResult>;
