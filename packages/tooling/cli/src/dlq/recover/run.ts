import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Letter } from '@cloudnestle/operations/letters/letter';
import { describeFilter, matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { lookAtLetters } from '@cloudnestle/operations/letters/look-at-letters';
import { maskText } from '@cloudnestle/operations/words/mask';
import { isConditionFailed } from '@cloudnestle/runtime/aws-errors';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { describeError } from '@cloudnestle/runtime/errors';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { CliError } from '../../cli-error.ts';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { type Consent, checkStage, makeChange } from '../../operator/confirm-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { formatTable } from '../../output/format-table.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeLeftHidden, formatReasons, joinLines } from '../words.ts';
import { buildLostRow, readToldOrder, type ToldOrder } from './lost-order.ts';

export interface RecoverOptions extends FilterOptions, Consent {
  dryRun?: boolean;
  json?: boolean;
}

/** Up to so many rows the operator is not asked. */
const HANDFUL = 5;

/** Looks at letters and rows, asks, writes what is missing, prints, and sets the exit status. */
export async function runRecover(queueName: string, options: RecoverOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = openLetters(stage).find(queueName);
  const operator = await identifyOperator(stage.stage);
  const signal = untilInterrupted();
  const filter = toFilter(options);
  const table = { dynamo: createDynamoClient(), table: stage.tables.transactions };

  const told = new Map<string, ToldOrder>();
  const unfit = new Map<string, number>();
  const note = (letter: Letter) => {
    if (!matchesFilter(letter, filter)) return;
    const order = readToldOrder(letter.body);
    if ('unfit' in order) unfit.set(order.unfit, (unfit.get(order.unfit) ?? 0) + 1);
    else told.set(order.transactionId, told.get(order.transactionId) ?? order);
  };
  const bar = createProgress(source.queue.name);
  const { hidden } = await lookAtLetters(source, note, { signal, onProgress: bar.show }).finally(
    bar.end,
  );
  const lost = await findLost(table, [...told.values()]);
  const result: Recovered = {
    queue: source.queue.name,
    orders: told.size,
    there: told.size - lost.length,
    lost: lost.map(({ transactionId }) => transactionId),
    written: [],
    writtenByOthers: [],
    unfit: Object.fromEntries([...unfit].map(([why, count]) => [maskText(why), count])),
    hidden,
  };
  if (told.size === 0 && unfit.size === 0) {
    throw new CliError(`No dead letter of ${result.queue} matches. Nothing was changed.`);
  }
  if (lost.length > 0 && !options.dryRun) {
    const change = {
      action: 'dlq recover',
      what: `Write ${lost.length} lost rows of ${table.table}, as they began, from letters of ${result.queue}.`,
      asks: lost.length > HANDFUL,
      target: { queue: result.queue, ...describeFilter(filter) },
      counts: { orders: told.size, lost: lost.length, written: 0 },
    };
    await makeChange(operator, change, options, async () => {
      await writeAll(table, lost, { result, signal });
      change.counts.written = result.written.length;
    });
  }
  print(options.json ? result : formatRecovered(result));
  const { written, writtenByOthers } = result;
  if (written.length + writtenByOthers.length < lost.length || hidden > 0) shell().status ??= 1;
}

async function findLost(
  { dynamo, table }: OrderTable,
  orders: readonly ToldOrder[],
): Promise<ToldOrder[]> {
  const lost: ToldOrder[] = [];
  for (const order of orders) {
    if (!(await readTransaction(dynamo, table, order.transactionId))) lost.push(order);
  }
  return lost;
}

/** One row after the other; what breaks off is said, and the next run does the rest. */
async function writeAll(
  table: OrderTable,
  lost: readonly ToldOrder[],
  { result, signal }: { result: Recovered; signal: AbortSignal },
): Promise<void> {
  const platform = createCommandPlatform();
  const createdBy = platform.newId();
  for (const order of lost) {
    if (signal.aborted) {
      result.brokenOff = 'interrupted';
      return;
    }
    try {
      const row = { ...buildLostRow(order, { now: platform.now(), createdBy }), createdBy };
      if (await writeLostRow(table, row)) result.written.push(order.transactionId);
      else result.writtenByOthers.push(order.transactionId);
    } catch (error) {
      result.brokenOff = describeError(error);
      return;
    }
  }
}

/** The table of orders. */
interface OrderTable {
  dynamo: DynamoDBDocumentClient;
  table: string;
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

/** What letters tell of orders, and what was done about it. */
interface Recovered {
  queue: string;
  /** Orders that letters tell of. */
  orders: number;
  /** Those whose row is there. */
  there: number;
  /** Transaction ids of the others. */
  lost: readonly string[];
  /** Those of them that have a row now. */
  written: string[];
  /** Those of them that got a row from another command meanwhile. */
  writtenByOthers: string[];
  /** Letters that tell of no order that could be written, by why. */
  unfit: Readonly<Record<string, number>>;
  /** Letters that another command held, about. */
  hidden: number;
  brokenOff?: string;
}

/** As many orders as one reads through. */
const MOST_LISTED = 50;

function formatRecovered(result: Recovered): string {
  const { queue, orders, there, lost, written, unfit, hidden, brokenOff } = result;
  const listed = lost.slice(0, MOST_LISTED);
  const done = new Set(written);
  const others = new Set(result.writtenByOthers);
  return joinLines(
    `${orders} orders in letters of ${queue}: ${there} have their row, ${lost.length} had none.`,
    lost.length > 0 &&
      formatTable(
        ['order', ''],
        listed.map((id) => [
          id,
          done.has(id) ? 'written, PENDING' : others.has(id) ? 'has one meanwhile' : 'no row',
        ]),
      ),
    lost.length > listed.length && `and ${lost.length - listed.length} more: --json lists all.`,
    Object.keys(unfit).length > 0 && formatReasons('tell of no order that can be written', unfit),
    hidden > 0 && describeLeftHidden(hidden),
    brokenOff !== undefined && `Broken off: ${brokenOff}. Run it again for the rest.`,
    written.length > 0
      ? `The next sweep asks the gateway about them (now: ./payments reconcile). Then: ./payments dlq replay ${queue}`
      : 'Nothing was changed.',
  );
}
