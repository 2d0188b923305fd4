import { isDeepStrictEqual } from 'node:util';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';
import { isForEver } from '../world/true-grants.ts';
import { isWithPerson } from './needs-operator.ts';

const { transactions } = defaultTableNames;

/** What an order is never changes; where it stands only goes forward. */
export function statusGoesForward({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'statusGoesForward',
    rule: 'COMPLETED never becomes FAILED, nothing becomes PENDING again, and identity, amount and revocation stay (rules 1 and 2)',
    changed: ({ table, before, after }) => {
      if (table !== transactions || !before) return;
      const id = String(before.merchantOrderId);
      if (!after) return watch.report(invariant, id, 'the row is gone');
      const problem = findStepBack(before, after);
      if (problem !== undefined) watch.report(invariant, id, problem);
    },
  };
  return invariant;
}

const fixed = [
  'transactionId',
  'merchantOrderId',
  'userId',
  'userEmail',
  'tier',
  'amount',
  'createdAt',
  'redirectUrl',
  'phonepeOrderId',
  'dayShard',
] as const;

function findStepBack(before: Item, after: Item): string | undefined {
  if (before.status !== after.status) {
    const step = `${before.status} -> ${after.status}`;
    const isForward = ['PENDING -> COMPLETED', 'PENDING -> FAILED', 'FAILED -> COMPLETED'];
    if (!isForward.includes(step)) return step;
  }
  for (const name of fixed) {
    if (before[name] !== undefined && before[name] !== after[name]) {
      return `${name} changed from ${before[name]} to ${after[name]}`;
    }
  }
  const isGivenBack = before.accessRestoredAt !== after.accessRestoredAt;
  if (before.accessRevokedAt !== after.accessRevokedAt && before.accessRevokedAt !== undefined) {
    if (!isGivenBack) return 'accessRevokedAt changed, and no operator gave access back';
  }
  if (before.supersededBy !== undefined && after.supersededBy === undefined) {
    return 'an order whose place was taken may get a page again';
  }
  const { completedAt } = after;
  if (typeof before.completedAt === 'string' && !(String(completedAt) <= before.completedAt)) {
    return `completedAt moved from ${before.completedAt} to ${completedAt}`;
  }
  if (after.redirectUrl !== undefined && after.supersededBy !== undefined) {
    return 'an order whose place was taken has a page';
  }
  if (Number(after.completedAttempts ?? 1) < Number(before.completedAttempts ?? 1)) {
    return `of ${before.completedAttempts} payments ${after.completedAttempts ?? 1} is left`;
  }
  if (
    !isDeepStrictEqual(before.attention, after.attention) &&
    !(Number(after.attentionVersion ?? 0) > Number(before.attentionVersion ?? 0))
  ) {
    return `attention was changed twice from version ${before.attentionVersion}`;
  }
  return undefined;
}

/** The row is there before the gateway hears of the order, in the same amount. */
export function rowComesFirst({ truth, watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'rowComesFirst',
    rule: 'the row is written before the gateway is called, and every page that is handed out stands in it (rule 6)',
    orderPlaced: (merchantOrderId, amountInPaisa) => {
      const row = truth.row(merchantOrderId);
      if (!row) return watch.report(invariant, merchantOrderId, 'placed without a row');
      const name = String(row.userId).toLowerCase();
      if (!String(row.userEmail).toLowerCase().includes(name)) {
        watch.report(invariant, merchantOrderId, "the order has another buyer's address");
      }
      if (row.amount !== amountInPaisa) {
        watch.report(invariant, merchantOrderId, `placed over ${amountInPaisa}, not ${row.amount}`);
      }
    },
    answered: ({ call, result }) => {
      const { redirectUrl, merchantOrderId } = result.body;
      if (call.function !== 'upgrade' || typeof merchantOrderId !== 'string') return;
      const row = truth.row(merchantOrderId);
      if (redirectUrl !== undefined && row?.redirectUrl !== redirectUrl) {
        watch.report(invariant, merchantOrderId, 'a page was handed out that no row has');
      }
      if (row && row.userId !== userIdOf(call.body)) {
        watch.report(invariant, merchantOrderId, "another buyer's page was handed out");
      }
    },
  };
  return invariant;
}

function userIdOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'userId' in body ? body.userId : undefined;
}

/** No order is outside every index while something is left to do. */
export function openUntilDone({ truth, watch, scheduler }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'openUntilDone',
    rule: 'no order is outside every index while something is left to do (rules 6 and 14)',
    changed: ({ table, before, after }) => {
      if (table !== transactions || !after) return;
      const problem = findLost(after, scheduler.nowMs()) ?? findUnseen(before, after);
      if (problem !== undefined) watch.report(invariant, String(after.merchantOrderId), problem);
    },
    atEnd: () => {
      for (const id of truth.orders()) {
        const row = truth.row(id);
        if (row?.status !== 'PENDING' || isWithPerson(row)) continue;
        const dueAt = String(row.nextCheckAt);
        const isOverdue = !(dueAt > new Date(scheduler.nowMs()).toISOString());
        watch.report(
          invariant,
          id,
          `still PENDING at the end, ${isOverdue ? 'overdue' : 'next look'} ${dueAt}`,
        );
      }
    },
  };
  return invariant;
}

/** Less than the services look for late money, by what clocks may differ. */
const LATE_MONEY_MS = 71 * 3_600_000;

function findLost(row: Item, nowMs: number): string | undefined {
  const isOpen = row.openShard !== undefined && row.nextCheckAt !== undefined;
  const needsPerson = isWithPerson(row);
  if (row.dayShard === undefined) return 'not in the index by day';
  if ((row.openShard === undefined) !== (row.nextCheckAt === undefined)) {
    return 'only half of its key in the index of open orders';
  }
  if (needsPerson && row.attention !== undefined && row.attentionShard === undefined) {
    return 'needs an operator and is in no index of such';
  }
  if (row.status === 'PENDING' && !isOpen && !needsPerson) return 'PENDING and in no index';
  if (isOpen || needsPerson || row.status !== 'FAILED') return undefined;
  const isLateMoneyOver = Date.parse(String(row.expiresAt)) + LATE_MONEY_MS <= nowMs;
  const mayStillBePaid = row.failureReason === 'EXPIRED';
  if (mayStillBePaid && !isLateMoneyOver)
    return 'money may still come, and the sweep does not look';
  return undefined;
}

/** What just became paid is looked at until its effects are seen. */
function findUnseen(before: Item | undefined, after: Item): string | undefined {
  if (after.status !== 'COMPLETED' || before?.status === 'COMPLETED') return undefined;
  const isLookedAt = after.openShard !== undefined || isWithPerson(after);
  return isLookedAt || after.accessRevokedAt !== undefined
    ? undefined
    : 'paid, and the sweep does not look at its effects';
}

/** An order only fails because the gateway says so, or because it does not know it once its time is over. */
export function failuresAreTrue({ truth, watch, scheduler }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'failuresAreTrue',
    rule: 'an order fails by the word of the gateway, or unknown there once its time is over (rules 6 and 7)',
    changed: ({ table, before, after }) => {
      if (table !== transactions || after?.status !== 'FAILED' || before?.status === 'FAILED')
        return;
      const id = String(after.merchantOrderId);
      const order = truth.atGateway(id);
      if (order) {
        // It may have been paid since it was asked about.
        if (order.state === 'PENDING') watch.report(invariant, id, 'failed, and still payable');
        return;
      }
      const untilMs = Date.parse(String(after.expiresAt)) - CLOCKS_APART_MS;
      if (scheduler.nowMs() < untilMs) watch.report(invariant, id, 'failed before its time');
    },
  };
  return invariant;
}

const CLOCKS_APART_MS = 20_000;

/** Longer than an upgrade call takes, held up and all. */
const LONGEST_CALL_MS = 6 * 60_000;

/** At most one order of a buyer can be paid at a time, and one whose page is out is only replaced by the gateway's word. */
export function oneCurrentOrder({ truth, watch, scheduler }: Simulation): Invariant {
  const { checkouts } = defaultTableNames;
  /** When an upgrade call was last told what became of an order. */
  const askedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'oneCurrentOrder',
    rule: 'no buyer is sold a second order while the first can still be paid, and before a page is replaced the gateway is asked about it (rule 3)',
    asked: (caller, merchantOrderId) => {
      if (caller === 'upgrade') askedAtMs.set(merchantOrderId, scheduler.nowMs());
    },
    changed: ({ table, before, after }) => {
      if (table === checkouts && before?.merchantOrderId !== undefined) {
        const old = String(before.merchantOrderId);
        if (old !== after?.merchantOrderId) checkReplaced(old, String(after?.merchantOrderId));
      }
      if (table === transactions && after?.redirectUrl !== undefined) {
        if (before?.redirectUrl === undefined) checkPage(after);
      }
    },
  };
  const isPayable = (id: string) => {
    const order = truth.atGateway(id);
    return order?.state === 'PENDING' && order.expireAt > scheduler.nowMs();
  };
  const checkReplaced = (old: string, next: string) => {
    const row = truth.row(old);
    // Without a page the buyer cannot pay it.
    if (row?.redirectUrl === undefined || row.accessRevokedAt !== undefined) return;
    // A pass that was paid may be bought again.
    if (row.status === 'COMPLETED' && !isForEver(row)) return;
    if (isPayable(old)) watch.report(invariant, old, `replaced by ${next}, and still payable`);
    const askedMs = askedAtMs.get(old);
    if (askedMs === undefined || askedMs < scheduler.nowMs() - LONGEST_CALL_MS) {
      watch.report(invariant, old, `replaced by ${next}, and the gateway was not asked about it`);
    }
  };
  const checkPage = (row: Item) => {
    const id = String(row.merchantOrderId);
    const other = truth.ordersOf(String(row.userId)).find((each) => {
      const { redirectUrl, tier } = truth.row(each) ?? {};
      // Another tier may be bought beside.
      return each !== id && tier === row.tier && redirectUrl !== undefined && isPayable(each);
    });
    if (other !== undefined && isPayable(id)) {
      watch.report(invariant, id, `gets a page while that of ${other} can be paid`);
    }
  };
  return invariant;
}
