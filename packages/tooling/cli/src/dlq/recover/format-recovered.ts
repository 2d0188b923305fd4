import { formatTable } from '../../output/format-table.ts';
import { describeLeftHidden, formatReasons, joinLines } from '../bulk/format-lines.ts';

/** What letters tell of orders, and what was done about it. */
export interface Recovered {
  queue: string;
  /** Orders that letters tell of. */
  orders: number;
  /** Those whose row is there. */
  there: number;
  /** Transaction ids of the others. */
  lost: readonly string[];
  /** Those of them that have a row now. */
  written: string[];
  /** Those of them that somebody else gave a row meanwhile. */
  writtenByOthers: string[];
  /** Letters that tell of no order that could be written, by why. */
  unfit: Readonly<Record<string, number>>;
  /** Letters that somebody else held, about. */
  hidden: number;
  brokenOff?: string;
}

/** As many orders as one reads through. */
const MOST_LISTED = 50;

export function formatRecovered(result: Recovered): string {
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
