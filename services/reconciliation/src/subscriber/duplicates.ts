import { moneySteps } from '@cloudnestle/operations/attention/money-steps';
import { takeSteps } from '@cloudnestle/operations/attention/steps';
import type { PaidOrder } from '@cloudnestle/operations/paid-orders';
import { type Buyer, isRevoked, type Row, readRow } from '@cloudnestle/operations/row';
import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import { isBefore, sortPaidOrders } from './merge/row.ts';
import type { RecordDependencies } from './record-on-row.ts';

type MarkDependencies = Pick<RecordDependencies, 'rows' | 'log' | 'now'>;

/**
 * Brings the marks of a buyer's `paid` orders right: of those whose access stands, all but the first one are its
 * duplicates, and a mark that names an order whose access was taken back counts as none. Answers the orders that were
 * found to be revoked. A marked order needs an operator by the same write.
 *
 * Every interleaving with concurrent deliveries ends right:
 * - Two payments: each is noted before its recorder lists the paid orders, so the later one lists and marks both. A
 *   mark only moves to an earlier payment, so the one with the older list undoes nothing.
 * - Payment and revocation: the delivery that takes access back marks the row, then forgets the payment, then lists and
 *   comes here (`withdrawPayment`). A mark that names the order, written before that one reads the marked row, is taken away there;
 *   one written later is found here, because its writer looks again whether the order it named is revoked by now. A
 *   marked order that was noted too late for the list had the forgotten payment in no list of its own.
 * - Two revocations: a mark that one of them moves to the other's order is that same case again.
 * - A mark is kept while the order it names is not revoked, whichever delivery wrote it and even if it is in no list here.
 *   Only an operator takes "revoked" back; the payment that is published after it brings the marks right again. A delivery
 *   that was under way all that time may still undo that: the next one of any of the buyer's payments mends it.
 * - A delivery that dies half-way has not finished its record, and the next one does all of this again.
 *
 * `known`: the row of one of them, as it stood after its payment was noted; it need not be read for the first look.
 */
export async function markDuplicates(
  deps: MarkDependencies,
  paid: readonly PaidOrder[],
  known?: Record<string, unknown>,
): Promise<ReadonlySet<string>> {
  const revoked = new Set<string>();
  for (let look = 1; ; look += 1) {
    const standing = await findStanding(deps, paid, {
      revoked,
      known: look === 1 ? known : undefined,
    });
    const [first, ...others] = sortPaidOrders(standing);
    if (!first) return revoked;
    const marked = standing.filter(({ isMarked }) => isMarked).map((each) => each.transactionId);
    const unsure = new Set([...others.map((each) => each.transactionId), ...marked]);
    await waitForAll(
      standing
        .filter(({ transactionId }) => unsure.has(transactionId))
        .map((order) => assessOrder(deps, order, first, revoked)),
    );
    const isNamed = others.length > 0;
    if (!isNamed || !isRevoked(await deps.rows.find(first.transactionId))) return revoked;
    revoked.add(first.transactionId);
  }
}

/**
 * The paid orders whose access stands; the others join `revoked`. A row that is gone stands: its access was not taken
 * back.
 */
async function findStanding(
  { rows }: MarkDependencies,
  paid: readonly PaidOrder[],
  { revoked, known }: { revoked: Set<string>; known: Record<string, unknown> | undefined },
): Promise<(PaidOrder & { isMarked: boolean })[]> {
  const found = await waitForAll(
    paid.map(async (order) => {
      const isKnown = known?.transactionId === order.transactionId;
      const row = isKnown ? known : await rows.find(order.transactionId);
      if (isRevoked(row)) revoked.add(order.transactionId);
      return { ...order, isMarked: row?.duplicateOf !== undefined };
    }),
  );
  return found.filter(({ transactionId }) => !revoked.has(transactionId));
}

/** Brings one order's mark right, given the first of the standing ones. What its old mark names is looked up. */
async function assessOrder(
  deps: MarkDependencies,
  { transactionId, completedAt }: PaidOrder,
  first: PaidOrder,
  revoked: Set<string>,
): Promise<void> {
  for (;;) {
    const result = await deps.rows.merge(transactionId, (row) =>
      mergeDuplicate({ completedAt, ...row }, first, { now: deps.now(), revoked }),
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

/**
 * The order counts as no payment of its buyer any more, and no other order is its duplicate. Only for an order whose row
 * says that access was taken back, and in this order: row, paid orders, marks (see `markDuplicates`). On every delivery,
 * so that a replay repairs.
 */
export async function withdrawPayment(
  deps: Pick<RecordDependencies, 'rows' | 'paidOrders' | 'log' | 'now'>,
  buyer: Buyer,
  transactionId: string,
): Promise<void> {
  await markDuplicates(deps, await deps.paidOrders.forget(buyer, transactionId));
}

/**
 * A paid order's row once it is known that `first` is the first of the buyer's standing payments: money owed back, if
 * this one came later (rule 3). A mark only moves to an earlier payment or away from one of the `revoked`
 * orders, so an outdated view of a buyer's orders cannot undo a better one. An order whose own access was taken back
 * is never marked. What a mark asks of an operator is written with it, also where an earlier version left it out.
 * Undefined where nothing changes.
 */
export function mergeDuplicate(
  item: Record<string, unknown>,
  first: PaidOrder,
  context: { now: Date; revoked: ReadonlySet<string> },
): ItemChange | undefined {
  const row = readRow(item);
  if (isRevoked(item)) return undefined;
  const isOutdated = row.duplicateOf !== undefined && context.revoked.has(row.duplicateOf);
  const standing = isOutdated ? undefined : row.duplicateOf;
  const isBetter = isBetterMark(row, first, standing);
  const mark =
    isBetter || isOutdated
      ? {
          duplicateOf: isBetter ? first.transactionId : undefined,
          duplicateOfCompletedAt: isBetter ? first.completedAt : undefined,
        }
      : {};
  return buildChange(item, {
    attributes: { ...mark, ...takeSteps(item, moneySteps({ ...item, ...mark })) },
    stamps: { updatedAt: context.now.toISOString() },
    basedOn: [
      'completedAt',
      'accessRevokedAt',
      'duplicateOf',
      'duplicateOfCompletedAt',
      'completedAttempts',
      'amount',
    ],
  });
}

function isBetterMark(
  { transactionId, completedAt, duplicateOfCompletedAt }: Row,
  first: PaidOrder,
  standing: string | undefined,
): boolean {
  if (completedAt === undefined || first.transactionId === transactionId) return false;
  if (!isBefore(first, { transactionId, completedAt })) return false;
  if (standing === undefined || duplicateOfCompletedAt === undefined) return true;
  return isBefore(first, { transactionId: standing, completedAt: duplicateOfCompletedAt });
}
