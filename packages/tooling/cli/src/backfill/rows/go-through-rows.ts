import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { createPace } from '@cloudnestle/operations/create-pace';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { istDay } from '@cloudnestle/payments/ist';
import { readOrder } from '@cloudnestle/payments/order';
import { describeError, RetryLaterError } from '@cloudnestle/runtime/errors';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { noteUndecided, type RowsResult } from '../result.ts';
import { isLeftUndecided } from './find-missing.ts';
import type { GiveGrants } from './give-grants.ts';
import { describeGiven, findLack, type GiveKeys, type Given } from './give-keys.ts';
import type { NotePayment } from './note-payment.ts';

const MOST_ROWS_OF_A_PAGE = 100;
const AT_ONCE = 8;

export interface RowsJob {
  dynamo: DynamoDBDocumentClient;
  table: string;
  catalogue: Catalogue;
  now: Clock;
  /** Undefined: only look. */
  giveKeys: GiveKeys | undefined;
  notePayment: NotePayment;
  giveGrants: GiveGrants;
  /** Rows in a second. */
  rate: number;
  signal: AbortSignal;
  onProgress(looked: number): void;
}

/**
 * Looks at every row of the table, page by page, and gives it what it lacks; a paid one is noted as such, and
 * its buyer's items get its grant. Counts into
 * `result`, so that what was done is known also where this rejects. Interrupted, it ends after the page that it is at.
 */
export async function goThroughRows(job: RowsJob, result: RowsResult): Promise<void> {
  const { dynamo, table, rate, signal, onProgress } = job;
  const pace = createPace(rate, signal);
  const pages = paginateScan(
    { client: dynamo, pageSize: Math.min(rate, MOST_ROWS_OF_A_PAGE) },
    // Consistent: a row that was written just now must not look as if it still lacked something.
    { TableName: table, ConsistentRead: true },
  );
  for await (const { Items = [] } of pages) {
    const failures: unknown[] = [];
    await mapConcurrently(Items, AT_ONCE, async (item) => {
      if (failures.length > 0) return;
      await look(job, result, item).catch((error: unknown) => failures.push(error));
    });
    // Not before what was under way is done and counted.
    if (failures.length > 0) throw failures[0];
    onProgress(result.looked);
    if (!(await pace(Items.length))) return;
  }
}

async function look(
  { catalogue, now, giveKeys, notePayment, giveGrants }: RowsJob,
  result: RowsResult,
  item: Record<string, unknown>,
): Promise<void> {
  const transactionId = String(item.transactionId);
  const read = readOrder(item, catalogue);
  result.looked += 1;
  if (read.kind === 'unreadable') {
    result.unreadable.push({ transactionId, reason: read.reason });
  } else {
    const { order } = read;
    if (isLeftUndecided(order, now())) noteUndecided(result, istDay(order.createdAt));
    await ofThisRow(result, transactionId, async () => {
      const noted = await notePayment(order);
      if (noted?.isNew) result.noted += 1;
      if (noted?.isSecond) result.paidAgain.push(transactionId);
      const grant = await giveGrants(order);
      if (grant?.kind === 'held' && grant.items > 0) result.granted += 1;
      if (grant?.kind === 'withoutAccess') result.withoutAccess.push(transactionId);
    });
  }
  const lack = findLack(item, read, now());
  if (!lack) {
    if (read.kind === 'order') result.complete += 1;
  } else if (giveKeys) {
    await ofThisRow(result, transactionId, async () => {
      noteGiven(result, await giveKeys(transactionId));
    });
  } else {
    noteGiven(result, describeGiven(lack));
  }
}

function noteGiven(result: RowsResult, { kind, isOpened, needsPerson }: Given): void {
  result[kind] += 1;
  if (isOpened) result.opened += 1;
  if (needsPerson) result.needPerson += 1;
}

/** What is wrong with one row is that row's; anything else ends the run. */
async function ofThisRow(
  result: RowsResult,
  transactionId: string,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    const isOfThisRow =
      error instanceof RetryLaterError ||
      (error instanceof Error && error.name === 'ValidationException');
    if (!isOfThisRow) throw error;
    result.refused.push({ transactionId, reason: describeError(error) });
  }
}
