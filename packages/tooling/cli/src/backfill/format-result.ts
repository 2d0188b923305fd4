import { printable } from '@cloudnestle/contracts/printable';
import { plural } from '@cloudnestle/operations/words/plural';
import { PROGRAM } from '@cloudnestle/operations/words/program-name';
import { joinLines } from '../dlq/words.ts';
import { formatTable } from '../output/format-table.ts';
import {
  type BackfillResult,
  type IndexResult,
  isNothingLeft,
  type LeftRow,
  type RowsResult,
} from './result.ts';

/** Rows that are left are listed up to so many; --json lists all. */
const MOST_LISTED = 20;

/** What was found and done, in the order in which an operator asks. */
export function formatResult(result: BackfillResult): string {
  const { stage, indexes, rows, dryRun, brokenOff } = result;
  const left = [...rows.unreadable, ...rows.refused];
  return joinLines(
    formatTable(
      [`indexes on ${stage}`, 'of the table', 'on', dryRun ? 'state' : 'now'],
      indexes.map(({ index, table, keys, state }) => [index, table, keys, state]),
    ),
    ...indexes.flatMap(describeBlocked),
    formatTable([`rows of ${rows.table}`, dryRun ? 'would be' : ''], countRows(rows)),
    left.length > 0 && formatLeft(left),
    rows.undecided.count > 0 && describeUndecided(rows),
    rows.paidAgain.length > 0 && describePaidAgain(rows),
    rows.withoutAccess.length > 0 && describeWithoutAccess(rows),
    indexes.some(({ state }) => state === 'not possible here') &&
      'This endpoint cannot make an index of a table that is there: not possible here.',
    brokenOff !== undefined && `Broken off: ${brokenOff} Run it again for the rest.`,
    describeEnd(result),
  );
}

function describeBlocked({ index, blockedBy = [] }: IndexResult): string[] {
  return blockedBy.map(({ attribute, rows, examples }) => {
    const listed = examples.map((each) => printable(each)).join(', ');
    return (
      `${index} is not made: ${plural(rows, 'row')} with a ${attribute} that is no text could not be written any more ` +
      `(${listed}${rows > examples.length ? ', ...' : ''}). Put ${attribute} right there first, or remove it.`
    );
  });
}

function countRows(rows: RowsResult): string[][] {
  const facts: [string, number][] = [
    ['looked at', rows.looked],
    ['complete', rows.complete],
    ['given keys', rows.given],
    ['of these open again, for the next sweep', rows.opened],
    ['of these need an operator', rows.needPerson],
    ['paid, and noted for their buyer', rows.noted],
    ['paid, and their access noted as a grant', rows.granted],
    ['cannot be read', rows.unreadable.length],
    ['the write was refused', rows.refused.length],
    ['gone meanwhile', rows.gone],
  ];
  const always = new Set(['looked at', 'complete', 'given keys']);
  return facts
    .filter(([what, count]) => count > 0 || always.has(what))
    .map(([what, count]) => [what, String(count)]);
}

function formatLeft(left: readonly LeftRow[]): string {
  const listed = left
    .slice(0, MOST_LISTED)
    .map(({ transactionId, reason }) => [printable(transactionId), printable(reason)]);
  const more = left.length - listed.length;
  const table = formatTable(['left as it is', 'because'], listed);
  return more > 0 ? `${table}\nand ${plural(more, 'row')} more: --json lists all.` : table;
}

function describeUndecided({ undecided }: RowsResult): string {
  const { count, from, to } = undecided;
  return (
    `${plural(count, 'order')} still PENDING and too old for a sweep, made from ${from} to ${to}. ` +
    `What became of them: ${PROGRAM} reconcile --from ${from}, 92 days at a time.`
  );
}

function describePaidAgain({ paidAgain }: RowsResult): string {
  return (
    `${plural(paidAgain.length, 'paid order')} beside another one of the same buyer and tier: ${listOrders(paidAgain)}. ` +
    `The later one may be owed back: ${PROGRAM} payment <order> shows both.`
  );
}

function describeWithoutAccess({ withoutAccess }: RowsResult): string {
  return (
    `${plural(withoutAccess.length, 'paid order')} whose buyer has no such tier anywhere: ${listOrders(withoutAccess)}. ` +
    `Nothing was given: ${PROGRAM} payment <order> --repair asks the gateway and gives what it confirms.`
  );
}

function listOrders(orders: readonly string[]): string {
  const listed = orders.slice(0, MOST_LISTED).map((each) => printable(each));
  return `${listed.join(', ')}${orders.length > listed.length ? ', ...' : ''}`;
}

function describeEnd(result: BackfillResult): string {
  if (isNothingLeft(result)) return 'Nothing is left to do.';
  return result.dryRun ? 'Nothing was changed.' : 'Something is left to do.';
}
