import type { Job } from '@cloudnestle/contracts/admin/jobs';
import type { Tone } from '../parts/basics.tsx';

export const isOver = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'DONE' || state === 'CANCELLED' || state === 'BROKEN_OFF';

const names: Readonly<Record<Job['kind'], string>> = {
  replay: 'Replay',
  discard: 'Discard',
  restore: 'Restore',
  reconcile: 'Reconciliation',
  refundOwed: 'Refunds of what is owed',
  repair: 'Repair',
  resendMail: 'Mail again',
};

export function nameJob({ kind, queue, transactionId }: Job): string {
  const of = queue ?? transactionId;
  return of === undefined ? names[kind] : `${names[kind]} · ${of}`;
}

const states: Readonly<Record<Job['state'], { tone: Tone; word: string }>> = {
  WAITING: { tone: 'wait', word: 'waiting' },
  RUNNING: { tone: 'wait', word: 'running' },
  CANCELLING: { tone: 'warn', word: 'stopping' },
  DONE: { tone: 'good', word: 'done' },
  CANCELLED: { tone: 'warn', word: 'cancelled' },
  BROKEN_OFF: { tone: 'bad', word: 'broken off' },
};

/** A job's state; one that is over and whose letters failed again is not good. */
export function describeState(job: Job): { tone: Tone; word: string } {
  const again = countAgain(job);
  if (job.isStalled) return { tone: 'bad', word: 'stalled' };
  if (job.state === 'DONE' && again > 0) return { tone: 'warn', word: `${again} failed again` };
  return states[job.state];
}

/** Letters of a replay that are dead again: “moved” is not “handled”. */
export function countAgain({ watched }: Job): number {
  return (watched?.failedAgain ?? []).reduce((sum, { count }) => sum + count, 0);
}

/** From 0 to 1; undefined where nothing says how many there are. */
export function progressOf({ state, done, expected }: Job): number | undefined {
  if (state === 'DONE') return 1;
  if (expected === undefined || expected === 0) return undefined;
  return Math.min(1, done / expected);
}
