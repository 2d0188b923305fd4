import { buildCatalogue } from '@cloudnestle/payments/catalogue';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { readEnvironment } from '../environment/read-environment.ts';
import { logAction } from '../operator/action-log.ts';
import { confirmChange } from '../operator/confirm-change.ts';
import { identifyOperator } from '../operator/operator.ts';
import { untilInterrupted } from '../operator/until-interrupted.ts';
import { print } from '../output/print.ts';
import { shell } from '../shell.ts';
import { type BackfillJob, backfill, startResult } from './backfill.ts';
import { formatResult } from './format-result.ts';
import { nameTables } from './indexes/name-tables.ts';
import { planIndexes } from './indexes/plan-indexes.ts';
import { createTablePort } from './indexes/table-port.ts';
import type { BackfillOptions } from './options.ts';
import { type BackfillResult, isNothingLeft } from './result.ts';

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
      stage: stage.stage,
      dryRun: options.dryRun === true,
      rate: options.rate,
      catalogue: buildCatalogue({ solutionId: stage.solutionId }),
      now: () => new Date(),
      signal: untilInterrupted(),
      transactions: stage.tables.transactions,
      checkouts: stage.tables.checkouts,
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
  const operator = await identifyOperator(job.stage);
  await confirmChange(operator, { what: describe(job), asks: true }, options);
  try {
    await backfill(job, result);
  } finally {
    await logAction(operator, {
      action: 'backfill',
      target: { table: job.transactions, rate: job.rate, brokenOff: result.brokenOff },
      counts: countDone(result),
    });
  }
}

function countDone({ indexes, rows }: BackfillResult): Record<string, number> {
  const { looked, given, opened, noted, needPerson, unreadable, refused } = rows;
  return {
    indexesMade: indexes.filter(({ state }) => state === 'made').length,
    looked,
    given,
    opened,
    noted,
    needPerson,
    unreadable: unreadable.length,
    refused: refused.length,
  };
}

function describe({ plan, transactions, checkouts, rate }: BackfillJob): string[] {
  const missing = plan.indexes.filter(({ state }) => state !== 'there');
  const indexes = missing.map(({ index, table }) => `${index} of ${table}`).join(', ');
  const rows = plan.rowCounts.get(transactions) ?? 0;
  return [
    ...(missing.length > 0 ? [`Make the indexes ${indexes}, one at a time.`] : []),
    `Give the rows of ${transactions} (about ${rows}) the index keys that they lack, ${rate} in a second at most.`,
    `Note its paid orders in their buyers' items of ${checkouts}.`,
  ];
}
