import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { RecordDependencies } from './dependencies.ts';
import { isRevoked } from './merge/is-revoked.ts';
import { mergeDuplicate } from './merge/merge-duplicate.ts';
import { type PaidOrder, sortPaidOrders } from './merge/paid-order.ts';
import { readRow } from './merge/read-row.ts';

type MarkDependencies = Pick<RecordDependencies, 'rows' | 'log' | 'now'>;

/**
 * Brings the marks of a buyer's `paid` orders right: of those whose access stands, all but the first one are its
 * duplicates, and a mark that names an order whose access was taken back counts as none. Answers the orders that were
 * found to be revoked. A marked order needs a person by the same write.
 *
 * Every interleaving with others who do the same ends right:
 * - Two payments: each is noted before its recorder lists the paid orders, so whoever is later lists and marks both. A
 *   mark only moves to an earlier payment, so the one with the older list undoes nothing.
 * - Payment and revocation: who takes access back marks the row, then forgets the payment, then lists and comes here
 *   (`withdrawPayment`). A mark that names the order, written before that one reads the marked row, is taken away there;
 *   one written later is found here, because its writer looks again whether the order it named is revoked by now. A
 *   marked order that was noted too late for the list had the forgotten payment in no list of its own.
 * - Two revocations: a mark that one of them moves to the other's order is that same case again.
 * - A mark is kept while the order it names is not revoked, whoever wrote it and even if it is in no list here, and
 *   "revoked" is never taken back: what is known of it cannot be outdated.
 * - Whoever dies half-way has not finished its record, and the next delivery does all of this again.
 */
export async function markDuplicates(
  deps: MarkDependencies,
  paid: readonly PaidOrder[],
): Promise<ReadonlySet<string>> {
  const revoked = new Set<string>();
  for (;;) {
    const standing = await findStanding(deps, paid, revoked);
    const [first, ...others] = sortPaidOrders(standing);
    if (!first) return revoked;
    const marked = standing.filter(({ isMarked }) => isMarked).map((each) => each.transactionId);
    const unsure = new Set([...others.map((each) => each.transactionId), ...marked]);
    await waitForAll([...unsure].map((id) => assessOrder(deps, id, first, revoked)));
    const isNamed = others.length > 0;
    if (!isNamed || !isRevoked(await deps.rows.find(first.transactionId))) return revoked;
    revoked.add(first.transactionId);
  }
}

/** The paid orders whose access stands; the others join `revoked`. A row that is gone stands: nobody took it back. */
async function findStanding(
  { rows }: MarkDependencies,
  paid: readonly PaidOrder[],
  revoked: Set<string>,
): Promise<(PaidOrder & { isMarked: boolean })[]> {
  const found = await waitForAll(
    paid.map(async (order) => {
      const row = await rows.find(order.transactionId);
      if (isRevoked(row)) revoked.add(order.transactionId);
      return { ...order, isMarked: row?.duplicateOf !== undefined };
    }),
  );
  return found.filter(({ transactionId }) => !revoked.has(transactionId));
}

/** Brings one order's mark right, given the first of the standing ones. What its old mark names is looked up. */
async function assessOrder(
  deps: MarkDependencies,
  transactionId: string,
  first: PaidOrder,
  revoked: Set<string>,
): Promise<void> {
  for (;;) {
    const result = await deps.rows.merge(transactionId, (row) =>
      mergeDuplicate(row, first, { now: deps.now(), revoked }),
    );
    if (result.kind === 'missing') {
      deps.log.warn('paid order without a row', { transactionId });
      return;
    }
    const named = readRow(result.item).duplicateOf;
    const isSettled = named === undefined || named === first.transactionId;
    if (isSettled || !isRevoked(await deps.rows.find(named))) {
      warnOfDuplicate(deps, transactionId, named, result.item);
      return;
    }
    revoked.add(named);
  }
}

/** At each delivery that looks at it: the state on the row is the alarm, this is its trail. */
function warnOfDuplicate(
  { log }: MarkDependencies,
  transactionId: string,
  duplicateOf: string | undefined,
  row: Record<string, unknown>,
): void {
  if (duplicateOf === undefined || !needsAttention(row, 'CHARGED_TWICE')) return;
  log.warn('order needs attention', { transactionId, duplicateOf, attention: 'CHARGED_TWICE' });
}
