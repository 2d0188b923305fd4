import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { maskText } from '../../words/mask.ts';
import type { LetterSource } from '../go-through-letters.ts';
import type { Letter } from '../letter.ts';
import { type LetterFilter, matchesFilter } from '../letter-filter.ts';
import { type LookOptions, lookAtLetters } from '../look-at-letters.ts';
import { buildLostRow, readToldOrder, type ToldOrder } from './lost-order.ts';

/** The table of orders. */
export interface OrderTable {
  dynamo: DynamoDBDocumentClient;
  table: string;
}

/** What letters tell of orders. */
export interface FoundLost {
  /** Orders that letters tell of. */
  orders: number;
  /** Those without a row. */
  lost: ToldOrder[];
  /** Letters that tell of no order that could be written, by why. Addresses are masked. */
  unfit: Readonly<Record<string, number>>;
  /** Letters that another client held, about. */
  hidden: number;
}

/** Looks for orders that letters of a queue tell of and that have no row. Changes nothing. */
export async function findLostOrders(
  table: OrderTable,
  source: LetterSource,
  { filter, ...options }: LookOptions & { filter: LetterFilter },
): Promise<FoundLost> {
  const told = new Map<string, ToldOrder>();
  const unfit = new Map<string, number>();
  const note = (letter: Letter) => {
    if (!matchesFilter(letter, filter)) return;
    const order = readToldOrder(letter.body);
    if ('unfit' in order) unfit.set(order.unfit, (unfit.get(order.unfit) ?? 0) + 1);
    else told.set(order.transactionId, told.get(order.transactionId) ?? order);
  };
  const { hidden } = await lookAtLetters(source, note, options);
  const lost: ToldOrder[] = [];
  for (const order of told.values()) {
    const row = await readTransaction(table.dynamo, table.table, order.transactionId);
    if (!row) lost.push(order);
  }
  const masked = [...unfit].map(([why, count]) => [maskText(why), count]);
  return { orders: told.size, lost, unfit: Object.fromEntries(masked), hidden };
}

/** What was written of lost orders, by transaction id. */
export interface WrittenLost {
  written: string[];
  /** Those that got a row from another client meanwhile. */
  writtenByOthers: string[];
  brokenOff?: string;
}

/**
 * Writes lost orders as they began, one row after the other; never rejects: what breaks it off is said, and the next run
 * does the rest.
 */
export async function writeLostOrders(
  table: OrderTable,
  lost: readonly ToldOrder[],
  { platform, signal }: { platform: Pick<Platform, 'newId' | 'now'>; signal: AbortSignal },
): Promise<WrittenLost> {
  const createdBy = platform.newId();
  const result: WrittenLost = { written: [], writtenByOthers: [] };
  for (const order of lost) {
    if (signal.aborted) return { ...result, brokenOff: 'interrupted' };
    try {
      const row = { ...buildLostRow(order, { now: platform.now(), createdBy }), createdBy };
      const list = (await writeLostRow(table, row)) ? result.written : result.writtenByOthers;
      list.push(order.transactionId);
    } catch (error) {
      return { ...result, brokenOff: describeError(error) };
    }
  }
  return result;
}

/**
 * Writes a row where there is none; answers whether this call did. An update and no put: it is what operators may do. A
 * repeat after a lost answer finds its own row by `createdBy`.
 */
async function writeLostRow(
  { dynamo, table }: OrderTable,
  { transactionId, ...attributes }: TransactionItem & { createdBy: string },
): Promise<boolean> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
  try {
    await dynamo.send(
      new UpdateCommand({
        TableName: table,
        Key: { transactionId },
        UpdateExpression: `SET ${entries.map((_, at) => `#n${at} = :v${at}`).join(', ')}`,
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: {
          '#key': 'transactionId',
          ...Object.fromEntries(entries.map(([name], at) => [`#n${at}`, name])),
        },
        ExpressionAttributeValues: Object.fromEntries(
          entries.map(([, value], at) => [`:v${at}`, value]),
        ),
      }),
    );
    return true;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const row = await readTransaction(dynamo, table, transactionId);
    return row?.createdBy === attributes.createdBy;
  }
}
