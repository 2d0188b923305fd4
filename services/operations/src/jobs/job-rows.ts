import { type JobItem, jobItemSchema } from '@cloudnestle/contracts/items/operation';
import type { OperationsTable, Page } from '@cloudnestle/operations/operations-table';
import { expiresAfter } from '@cloudnestle/operations/operations-table';
import type { Clock } from '@cloudnestle/payments/clock';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { type Task, taskSchema } from './tasks.ts';

/** What a run writes of its progress; undefined: as it was. */
export type JobProgress = Partial<
  Pick<
    JobItem,
    'phase' | 'expected' | 'done' | 'counts' | 'watched' | 'said' | 'results' | 'position'
  >
>;

/** How a run ended; `again`: another run goes on from its position. */
export type JobEnd =
  | { kind: 'DONE' | 'CANCELLED' }
  | { kind: 'BROKEN_OFF'; why: string }
  | { kind: 'again' };

export type Claimed =
  | { kind: 'claimed'; job: JobItem }
  /** Another run has it, until then. */
  | { kind: 'held'; until: string }
  | { kind: 'over' }
  | { kind: 'unknown' };

/** The rows of jobs. Every write is conditional on the row's version, and a run's also on its claim (rule 9). */
export interface JobRows {
  create(job: NewJob): Promise<JobItem>;
  find(jobId: string): Promise<JobItem | undefined>;
  /** The latest first. */
  list(cursor: string | undefined): Promise<Page<JobItem>>;
  claim(jobId: string, claim: string, leaseMs: number): Promise<Claimed>;
  /** Writes progress and renews the claim; the row as it is then, undefined where the claim is another's. */
  save(
    jobId: string,
    claim: string,
    leaseMs: number,
    progress: JobProgress,
  ): Promise<JobItem | undefined>;
  end(
    jobId: string,
    claim: string,
    end: JobEnd,
    progress: JobProgress,
  ): Promise<JobItem | undefined>;
  /** Asks for a stop at the next safe point, or ends a job that no run has; the row as it is then. */
  cancel(jobId: string): Promise<JobItem | undefined>;
}

export interface NewJob {
  jobId: string;
  task: Task;
  by: string;
  subject: string;
  reason: string;
  transactionId: string | undefined;
  queue: string | undefined;
  actionId: string;
}

const KEPT_DAYS = 90;

/** A run writes every second, and a killed one is followed within two minutes. */
const STALLED_MS = 10 * 60_000;

/** Whether nothing has been heard of a job that is not over: its message waits for a worker, or has died. */
export function isStalled({ state, updatedAt }: JobItem, now: Date): boolean {
  return !isOver({ state }) && now.getTime() - Date.parse(updatedAt) > STALLED_MS;
}

export const isOver = ({ state }: Pick<JobItem, 'state'>) =>
  state === 'DONE' || state === 'CANCELLED' || state === 'BROKEN_OFF';

export function createJobRows(table: OperationsTable, now: Clock): JobRows {
  const keyOf = (jobId: string) => ({ pk: `job#${jobId}`, sk: 'JOB' as const });
  const change = async (
    jobId: string,
    decide: (job: JobItem) => (Pick<ItemChange, 'set'> & { remove?: string[] }) | undefined,
  ): Promise<JobItem | undefined> => {
    const result = await table.merge(keyOf(jobId), (row) => {
      const job = readJob(row);
      const wanted = decide(job);
      return (
        wanted && {
          remove: [],
          ...wanted,
          set: { ...wanted.set, updatedAt: now().toISOString(), version: job.version + 1 },
          basedOn: ['version'],
        }
      );
    });
    return result.kind === 'missing' ? undefined : readJob(result.item);
  };
  const lease = (leaseMs: number) => new Date(now().getTime() + leaseMs).toISOString();
  return {
    create: async ({ jobId, task, ...rest }) => {
      const at = now();
      const item: JobItem = {
        ...keyOf(jobId),
        jobId,
        kind: task.kind,
        ...rest,
        state: 'WAITING',
        at: at.toISOString(),
        updatedAt: at.toISOString(),
        task,
        done: 0,
        counts: {},
        said: [],
        results: 0,
        version: 0,
        // A look is found by its own id alone.
        timeKey: task.kind === 'look' ? 'LOOK' : 'JOB',
        expiresAtSeconds: expiresAfter(at, KEPT_DAYS),
      };
      await table.create({ ...item });
      return item;
    },
    find: async (jobId) => {
      const item = await table.find(keyOf(jobId));
      return item && readJob(item);
    },
    list: async (cursor) => {
      const { entries, nextCursor } = await table.list({
        of: { index: 'time', timeKey: 'JOB' },
        latestFirst: true,
        limit: 50,
        cursor,
      });
      // What a later version writes is left out, as in the action log: one row must not hide all the others.
      const known = entries.flatMap((entry) => {
        const { data } = jobItemSchema.safeParse(entry);
        return data && taskSchema.safeParse(data.task).success ? [data] : [];
      });
      return { entries: known, nextCursor };
    },
    claim: async (jobId, claim, leaseMs) => {
      const job = await change(jobId, (row) => {
        const isFree = row.claim === claim || (row.leaseUntil ?? '') < now().toISOString();
        if (isOver(row) || !isFree) return undefined;
        const set = {
          claim,
          leaseUntil: lease(leaseMs),
          startedAt: row.startedAt ?? now().toISOString(),
          // A repeat after a lost answer is the same run.
          runs: (row.runs ?? 0) + (row.claim === claim ? 0 : 1),
          state: row.state === 'CANCELLING' ? row.state : ('RUNNING' as const),
        };
        return { set };
      });
      if (!job) return { kind: 'unknown' };
      if (isOver(job)) return { kind: 'over' };
      if (job.claim === claim) return { kind: 'claimed', job };
      return { kind: 'held', until: job.leaseUntil ?? '' };
    },
    save: async (jobId, claim, leaseMs, progress) => {
      const job = await change(jobId, (row) =>
        row.claim === claim ? { set: { ...progress, leaseUntil: lease(leaseMs) } } : undefined,
      );
      return job?.claim === claim ? job : undefined;
    },
    end: (jobId, claim, end, progress) =>
      change(jobId, (row) => {
        if (row.claim !== claim) return undefined;
        const remove = ['claim', 'leaseUntil'];
        // A run that says that it goes on has not died.
        if (end.kind === 'again') return { set: { ...progress, runs: 0 }, remove };
        const { phase: _over, ...rest } = progress;
        const why = end.kind === 'BROKEN_OFF' ? { brokenOff: end.why } : {};
        const set = { ...rest, ...why, state: end.kind, endedAt: now().toISOString() };
        return { set, remove: [...remove, ...(row.phase === undefined ? [] : ['phase'])] };
      }),
    cancel: (jobId) =>
      change(jobId, (row) => {
        if (isOver(row)) return undefined;
        if (row.startedAt !== undefined && isStalled(row, now())) {
          const said = [...row.said, STOPPED_WITHOUT_A_RUN];
          const set = { said, state: 'CANCELLED', endedAt: now().toISOString() };
          return { set, remove: ['claim', 'leaseUntil'].filter((name) => name in row) };
        }
        if (row.state === 'CANCELLING') return undefined;
        if (row.state === 'WAITING' && row.claim === undefined) {
          return { set: { state: 'CANCELLED', endedAt: now().toISOString() } };
        }
        return { set: { state: 'CANCELLING' } };
      }),
  };
}

const STOPPED_WITHOUT_A_RUN =
  'It was stopped while no run had it: what the last one did after its last word is not in the counts.';

function readJob(item: Record<string, unknown>): JobItem {
  const read = jobItemSchema.safeParse(item);
  if (read.success) return read.data;
  throw new PermanentError('a job does not fit its contract');
}
