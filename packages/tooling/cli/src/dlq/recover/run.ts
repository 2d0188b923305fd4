import { describeFilter } from '@cloudnestle/operations/letters/letter-filter';
import {
  findLostOrders,
  type WrittenLost,
  writeLostOrders,
} from '@cloudnestle/operations/letters/recover/recover-orders';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { CliError } from '../../cli-error.ts';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { type Consent, checkStage, makeChange } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { formatTable } from '../../output/format-table.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { HANDFUL } from '../bulk.ts';
import { openWalks, type WalkOptions } from '../one-walk.ts';
import { type FilterOptions, toFilter } from '../options.ts';
import { openLetters } from '../stage-letters.ts';
import { describeLeftHidden, formatReasons, joinLines } from '../words.ts';

export interface RecoverOptions extends FilterOptions, Consent, WalkOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** Looks at letters and rows, asks, writes what is missing, prints, and sets the exit status. */
export async function runRecover(queueName: string, options: RecoverOptions): Promise<void> {
  const stage = await readEnvironment();
  checkStage(options.stage, stage.stage);
  const source = openLetters(stage).find(queueName);
  const operator = await openOperator(stage);
  const signal = untilInterrupted();
  const filter = toFilter(options);
  const table = { dynamo: createDynamoClient(), table: stage.tables.transactions };

  const bar = createProgress(source.queue.name);
  const { anyway = false } = options;
  const walk = await openWalks(stage, { anyway, by: operator.caller, mayLookAnyway: true });
  const found = await walk
    .alone(source, signal, (own) =>
      findLostOrders(table, source, { filter, signal: own, onProgress: bar.show }),
    )
    .finally(bar.end);
  const { orders, lost, unfit, hidden } = found;
  const result: Recovered = {
    queue: source.queue.name,
    orders,
    there: orders - lost.length,
    lost: lost.map(({ transactionId }) => transactionId),
    written: [],
    writtenByOthers: [],
    unfit,
    hidden,
  };
  if (orders === 0 && Object.keys(unfit).length === 0) {
    throw new CliError(`No dead letter of ${result.queue} matches. Nothing was changed.`);
  }
  if (lost.length > 0 && !options.dryRun) {
    const change = {
      action: 'dlq recover',
      what: `Write ${lost.length} lost rows of ${table.table}, as they began, from letters of ${result.queue}.`,
      asks: lost.length > HANDFUL,
      target: { queue: result.queue, ...describeFilter(filter) },
      counts: { orders, lost: lost.length, written: 0 },
    };
    await makeChange(operator, change, options, async () => {
      const platform = createCommandPlatform();
      Object.assign(result, await writeLostOrders(table, lost, { platform, signal }));
      change.counts.written = result.written.length;
    });
  }
  print(options.json ? result : formatRecovered(result));
  const { written, writtenByOthers } = result;
  if (written.length + writtenByOthers.length < lost.length || hidden > 0) shell().status ??= 1;
}

/** What letters tell of orders, and what was done about it. */
interface Recovered extends WrittenLost {
  queue: string;
  /** Orders that letters tell of. */
  orders: number;
  /** Those whose row is there. */
  there: number;
  /** Transaction ids of the others. */
  lost: readonly string[];
  /** Letters that tell of no order that could be written, by why. */
  unfit: Readonly<Record<string, number>>;
  /** Letters that another command held, about. */
  hidden: number;
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
