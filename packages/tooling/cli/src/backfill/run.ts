import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { createPace } from '@cloudnestle/operations/create-pace';
import { nameTables } from '@cloudnestle/operations/doctor/stage-tables';
import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import type { TableDefinition } from '@cloudnestle/topology/types';
import { CliError } from '../cli-error.ts';
import { explainAwsFailure } from '../environment/explain-aws-trouble.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { beginAction } from '../operator/action-log.ts';
import { type Consent, confirmChange } from '../operator/confirm-change.ts';
import { openOperator } from '../operator/operator.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { print, tell } from '../output/print.ts';
import { createProgress } from '../output/show-progress.ts';
import { pauseMs, shell } from '../shell.ts';
import { formatResult } from './format-result.ts';
import { makeIndexes } from './indexes/make-indexes.ts';
import { type IndexPlan, planIndexes } from './indexes/plan-indexes.ts';
import { createTablePort, type TablePort } from './indexes/table-port.ts';
import { blockUnfit } from './indexes/unfit-rows.ts';
import { type BackfillResult, isNothingLeft, startRows } from './result.ts';
import { createGiveGrants } from './rows/give-grants.ts';
import { createGiveKeys } from './rows/give-keys.ts';
import { goThroughRows, type RowsJob } from './rows/go-through-rows.ts';
import { createNotePayment } from './rows/note-payment.ts';

export interface BackfillOptions extends Consent {
  dryRun?: boolean;
  /** Rows in a second. */
  rate: number;
  json?: boolean;
}

const CALL_TIMEOUT_MS = 10_000;
/** A busy table refuses for a while: the SDK waits longer from try to try. */
const MOST_ATTEMPTS = 10;

/** Looks, asks, does, prints, and sets the exit status: 1 where something is left to do. */
export async function runBackfill(options: BackfillOptions): Promise<void> {
  const stage = await readEnvironment();
  const dynamo = createDynamoClient({ timeoutMs: CALL_TIMEOUT_MS, maxAttempts: MOST_ATTEMPTS });
  try {
    const tables = nameTables(stage);
    const port = createTablePort(dynamo);
    const job = {
      environment: stage,
      stage: stage.stage,
      dryRun: options.dryRun === true,
      rate: options.rate,
      catalogue: buildCatalogue({ solutionId: stage.solutionId }),
      now: () => new Date(),
      signal: untilInterrupted(),
      transactions: stage.tables.transactions,
      checkouts: stage.tables.checkouts,
      users: stage.tables.users,
      entitlements: stage.tables.entitlements,
      plan: await planIndexes(port, tables),
      dynamo,
      port,
      tables,
    };
    const result = startResult(job);
    await (job.dryRun ? backfill(job, result) : change(job, result, options));
    print(options.json ? result : formatResult(result));
    if (!isNothingLeft(result)) shell().status ??= 1;
  } finally {
    dynamo.destroy();
  }
}

/** The same, announced, wanted, and written down. */
async function change(
  job: BackfillJob,
  result: BackfillResult,
  options: BackfillOptions,
): Promise<void> {
  const operator = await openOperator(job.environment);
  const why = await confirmChange(operator, { what: describe(job), asks: true }, options);
  const target = { table: job.transactions, rate: job.rate };
  const begun = await beginAction(operator, { action: 'backfill', target, why });
  try {
    await backfill(job, result);
  } finally {
    const { brokenOff } = result;
    await begun.end(brokenOff === undefined ? 'DONE' : 'FAILED', {
      target: { ...target, brokenOff },
      counts: countDone(result),
    });
  }
}

function countDone({ indexes, rows }: BackfillResult): Record<string, number> {
  const { looked, given, opened, noted, granted, needPerson, unreadable, refused } = rows;
  return {
    indexesMade: indexes.filter(({ state }) => state === 'made').length,
    looked,
    given,
    opened,
    noted,
    granted,
    withoutAccess: rows.withoutAccess.length,
    needPerson,
    unreadable: unreadable.length,
    refused: refused.length,
  };
}

function describe({
  plan,
  transactions,
  checkouts,
  users,
  entitlements,
  rate,
}: BackfillJob): string[] {
  const missing = plan.indexes.filter(({ state }) => state !== 'there');
  const indexes = missing.map(({ index, table }) => `${index} of ${table}`).join(', ');
  const rows = plan.rowCounts.get(transactions) ?? 0;
  return [
    ...(missing.length > 0 ? [`Make the indexes ${indexes}, one at a time.`] : []),
    `Give the rows of ${transactions} (about ${rows}) the index keys that they lack, ${rate} in a second at most.`,
    `Note its paid orders in their buyers' items of ${checkouts}.`,
    `Note them as grants in their buyers' items of ${users} and ${entitlements} that name their tier.`,
  ];
}

const LOOK_EVERY_MS = 5000;

interface BackfillJob extends Pick<RowsJob, 'catalogue' | 'now' | 'rate' | 'signal'> {
  environment: EnvironmentSecret;
  stage: string;
  dryRun: boolean;
  dynamo: DynamoDBDocumentClient;
  port: TablePort;
  tables: readonly TableDefinition[];
  /** The table whose rows are looked at. */
  transactions: string;
  /** Where paid orders are noted. */
  checkouts: string;
  /** What holds the grants of paid orders. */
  users: string;
  entitlements: string;
  plan: IndexPlan;
}

/** A result in which nothing is done yet. */
function startResult({ stage, dryRun, plan, transactions }: BackfillJob): BackfillResult {
  const indexes = plan.indexes.map((each) => ({ ...each }));
  return { stage, dryRun, indexes, rows: startRows(transactions) };
}

/**
 * Makes the missing indexes that harm no row, then gives the rows their keys and notes the paid ones, also as grants; on a dry run it
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
      const deps = { tables: job.port, wait, note: tell, signal };
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
    tell(
      `Look at the rows of ${transactions}: give them the keys that they lack, note the paid ones in ${job.checkouts} and as grants in ${job.users} and ${job.entitlements}.`,
    );
  const bar = createProgress('rows');
  const notePayment = createNotePayment({ ...job, table: job.checkouts });
  const giveGrants = createGiveGrants({ ...job, tables: job });
  const giveKeys = dryRun ? undefined : createGiveKeys({ ...job, table: transactions });
  const onProgress = (done: number) => bar.show({ found: Math.max(done, expected), done });
  try {
    await goThroughRows(
      { ...job, table: transactions, giveKeys, notePayment, giveGrants, onProgress },
      rows,
    );
  } finally {
    bar.end();
  }
}
