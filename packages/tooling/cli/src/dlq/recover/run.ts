import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { describeError } from '@cloudnestle/runtime/errors';
import { readTransaction } from '@cloudnestle/runtime/read-transaction';
import { CliError } from '../../cli-error.ts';
import { createCommandPlatform } from '../../environment/create-platform.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import type { Letter } from '../../letters/letter.ts';
import { describeFilter, matchesFilter } from '../../letters/letter-filter.ts';
import { lookAtLetters } from '../../letters/look-at-letters.ts';
import { connectLetters } from '../../letters/stage-letters.ts';
import { checkStage } from '../../operator/check-stage.ts';
import type { Consent } from '../../operator/confirm-change.ts';
import { makeChange } from '../../operator/make-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { maskText } from '../../output/mask-text.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { type FilterOptions, toFilter } from '../filter-options.ts';
import { formatRecovered, type Recovered } from './format-recovered.ts';
import { buildLostRow, readToldOrder, type ToldOrder } from './lost-order.ts';
import { type OrderTable, writeLostRow } from './write-row.ts';

export interface RecoverOptions extends FilterOptions, Consent {
  dryRun?: boolean;
  json?: boolean;
}

/** So many rows are nothing that one asks about. */
const HANDFUL = 5;

/** Looks at letters and rows, asks, writes what is missing, prints, and sets the exit status. */
export async function runRecover(queueName: string, options: RecoverOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = connectLetters(stage).find(queueName);
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
