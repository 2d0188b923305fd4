import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../cli-error.ts';
import { explainAwsFailure } from '../environment/explain-aws-trouble.ts';
import { createPace } from '../letters/create-pace.ts';
import { tell } from '../output/print.ts';
import { createProgress } from '../output/show-progress.ts';
import { pauseMs } from '../shell.ts';
import { blockUnfit } from './indexes/block-unfit.ts';
import { makeIndexes } from './indexes/make-indexes.ts';
import type { IndexPlan } from './indexes/plan-indexes.ts';
import type { TablePort } from './indexes/table-port.ts';
import type { BackfillResult } from './result.ts';
import { createGiveKeys } from './rows/give-keys.ts';
import { goThroughRows, type RowsJob } from './rows/go-through-rows.ts';
import { createNotePayment } from './rows/note-payment.ts';
import { startRows } from './rows/rows-result.ts';

const LOOK_EVERY_MS = 5000;

export interface BackfillJob extends Pick<RowsJob, 'catalogue' | 'now' | 'rate' | 'signal'> {
  stage: string;
  dryRun: boolean;
  dynamo: DynamoDBDocumentClient;
  port: TablePort;
  tables: readonly TableDefinition[];
  /** The table whose rows are looked at. */
  transactions: string;
  /** Where paid orders are noted. */
  checkouts: string;
  plan: IndexPlan;
}

/** A result in which nothing is done yet. */
export function startResult({ stage, dryRun, plan, transactions }: BackfillJob): BackfillResult {
  const indexes = plan.indexes.map((each) => ({ ...each }));
  return { stage, dryRun, indexes, rows: startRows(transactions) };
}

/**
 * Makes the missing indexes that harm no row, then gives the rows their keys and notes the paid ones; on a dry run it
 * only looks. Counts into `result`, so that what was done is known whatever comes; what AWS refuses ends it, and the
 * result says so.
 */
export async function backfill(job: BackfillJob, result: BackfillResult): Promise<void> {
  const { dryRun, signal } = job;
  try {
    await lookForUnfitRows(job, result);
    if (!dryRun) {
      const wait = () =>
        sleep(pauseMs(LOOK_EVERY_MS), undefined, { signal }).catch(() => undefined);
      const deps = { tables: job.port, wait, note, signal };
      await makeIndexes(deps, job.tables, result.indexes);
    }
    if (!signal.aborted) await lookAtRows(job, result.rows);
    if (signal.aborted) result.brokenOff = 'Interrupted.';
  } catch (error) {
    const explained = error instanceof CliError ? error : explainAwsFailure(error);
    if (!explained) throw error;
    result.brokenOff = explained.message;
  }
}

async function lookForUnfitRows(job: BackfillJob, { indexes }: BackfillResult): Promise<void> {
  const bar = createProgress('check');
  const onProgress = (done: number) => bar.show({ found: 0, done });
  const pace = createPace(job.rate, job.signal);
  try {
    await blockUnfit({ dynamo: job.dynamo, pace, onProgress }, job.tables, indexes);
  } finally {
    bar.end();
  }
}

async function lookAtRows(job: BackfillJob, rows: BackfillResult['rows']): Promise<void> {
  const { dryRun, plan, transactions } = job;
  const expected = plan.rowCounts.get(transactions) ?? 0;
  if (!dryRun)
    note(
      `Look at the rows of ${transactions}: give them the keys that they lack, note the paid ones in ${job.checkouts}.`,
    );
  const bar = createProgress('rows');
  const notePayment = createNotePayment({ ...job, table: job.checkouts });
  const giveKeys = dryRun ? undefined : createGiveKeys({ ...job, table: transactions });
  const onProgress = (done: number) => bar.show({ found: Math.max(done, expected), done });
  try {
    await goThroughRows({ ...job, table: transactions, giveKeys, notePayment, onProgress }, rows);
  } finally {
    bar.end();
  }
}

function note(line: string): void {
  tell(line);
}
