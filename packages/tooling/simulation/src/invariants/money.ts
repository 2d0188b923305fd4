import { needsAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import type { Order } from '@cloudnestle/phonepe-sandbox/orders/order';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { isForEver } from '../world/true-grants.ts';
import { hasLetter } from './needs-operator.ts';

/** A second charge is always seen: of all standing payments of a buyer but the first, and of an order paid twice. */
export function secondChargeIsSeen({ truth, watch }: Simulation): Invariant {
  /** Orders whose second payment is known on the bus. */
  const paidTwice = new Set<string>();
  const invariant: Invariant = {
    name: 'secondChargeIsSeen',
    rule: 'a second charge is always seen (rule 3)',
    eventAccepted: ({ data: { completedAttempts, merchantOrderId } }) => {
      if (Number(completedAttempts) >= 2) paidTwice.add(String(merchantOrderId));
    },
    atEnd: () => {
      for (const userId of truth.buyers.keys()) checkBuyer(userId);
      for (const id of paidTwice) checkOrder(id);
    },
  };
  const isStanding = (id: string) => {
    const row = truth.row(id);
    return (
      truth.isPaid(id) &&
      row?.status === 'COMPLETED' &&
      row.accessRevokedAt === undefined &&
      isForEver(row)
    );
  };
  const checkBuyer = (userId: string) => {
    const standing = truth.ordersOf(userId).filter(isStanding);
    const unmarked = standing.filter((id) => truth.row(id)?.duplicateOf === undefined);
    if (standing.length > 0 && unmarked.length !== 1) {
      const which = unmarked.length === 0 ? 'every one' : unmarked.join(' and ');
      return watch.report(invariant, userId, `paid ${standing.length} times, unmarked: ${which}`);
    }
    const first = standing.map((id) => String(truth.row(id)?.completedAt)).toSorted()[0];
    const [kept] = unmarked;
    if (kept !== undefined && truth.row(kept)?.completedAt !== first) {
      watch.report(invariant, kept, 'kept as the first payment, and another one was earlier');
    }
  };
  const checkOrder = (id: string) => {
    const row = truth.row(id);
    if (!row || row.accessRevokedAt !== undefined || isPaidBack(row)) return;
    if (!needsAttention(row, 'CHARGED_TWICE') && !readResolution(row, 'CHARGED_TWICE')) {
      watch.report(invariant, id, 'paid by more than one attempt, and no operator is told');
    }
  };
  return invariant;
}

/** Some of the money went back: an operator has seen to it. */
function isPaidBack({ refunds }: Item): boolean {
  return typeof refunds === 'object' && refunds !== null && Object.keys(refunds).length > 0;
}

/** The gateway took another amount than was asked for: such an order is never paid here. */
const isOtherAmount = (row: Item) =>
  needsAttention(row, 'MISMATCH') || readResolution(row, 'MISMATCH') !== undefined;

/** What the rows say was paid is what the gateway took, to the paisa and the second. */
export function amountsAddUp({ truth, watch, aws }: Simulation): Invariant {
  /** The earliest time of payment that the bus was told, by order. */
  const toldAt = new Map<string, string>();
  const invariant: Invariant = {
    name: 'amountsAddUp',
    rule: "amounts and times add up to the gateway's ledger (rule 12)",
    eventAccepted: ({ type, data }) => {
      if (type !== 'PaymentCompleted') return;
      const [id, completedAt] = [String(data.merchantOrderId), String(data.completedAt)];
      const before = toldAt.get(id);
      if (before === undefined || completedAt < before) toldAt.set(id, completedAt);
      const order = truth.atGateway(id);
      if (order && completedAt !== earliestOf(order, Number(data.completedAttempts ?? 1))) {
        watch.report(invariant, id, `told as paid at ${completedAt}, which was not its first time`);
      }
    },
    atEnd: () => {
      let here = 0;
      let there = 0;
      for (const id of truth.orders()) {
        const row = truth.row(id);
        const order = truth.atGateway(id);
        if (!row || isOtherAmount(row)) continue;
        const isPaidHere = row.status === 'COMPLETED';
        const isPaidThere = order?.state === 'COMPLETED';
        if (isPaidHere) here += Number(row.amount);
        if (isPaidThere) there += order.amountInPaisa;
        if (isPaidHere && !isPaidThere) watch.report(invariant, id, 'paid here and not there');
        if (isPaidHere && isPaidThere) checkTimes(id, row, order);
      }
      if (here !== there) watch.report(invariant, 'all orders', `${here} here, ${there} there`);
    },
  };
  const checkTimes = (id: string, row: Item, order: Order) => {
    // A second attempt that no service has asked about is not known here.
    const earliest = toldAt.get(id);
    if (row.completedAt !== earliest && !hasLetter({ aws }, id)) {
      const there = order.attempts.map(({ state, at }) => `${state} ${at}`).join(', ');
      const what = `completedAt ${row.completedAt}, told ${earliest}, at the gateway ${there}`;
      watch.report(invariant, id, what);
    }
    if (row.settlement_status !== 'ELIGIBLE' || typeof row.settlement_date !== 'string') {
      watch.report(invariant, id, 'paid, and settlement is not expected');
    }
  };
  return invariant;
}

/** The earliest of the first so many attempts that completed, in the order in which the gateway learned of them. */
function earliestOf({ attempts }: Order, count: number): string {
  const completed = attempts.filter(({ state }) => state === 'COMPLETED').slice(0, count);
  return new Date(Math.min(...completed.map(({ at }) => at))).toISOString();
}
