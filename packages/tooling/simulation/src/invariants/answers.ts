import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Simulation } from '../parts/simulation.ts';
import type { Answered, Invariant } from '../parts/watch.ts';
import { isForEver } from '../world/true-grants.ts';

/** What each route promises, in milliseconds; the rest of the function's time is Lambda's. */
const promisedMs: Readonly<Partial<Record<Answered['call']['function'], number>>> = {
  webhook: 2_500,
  callback: 6_000,
  validateToken: 5_000,
  upgrade: 10_000,
};

/** Routes answer in the time that they promise, whatever hangs behind them. */
export function answersInTime({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'answersInTime',
    rule: 'a route answers within its promise, even with everything behind it hanging',
    answered: ({ call, startedAtMs, endedAtMs, isHeldUp }) => {
      const promised = promisedMs[call.function];
      const tookMs = endedAtMs - startedAtMs;
      if (promised === undefined || isHeldUp || tookMs <= promised) return;
      watch.report(invariant, call.function, `answered after ${tookMs} ms`);
    },
  };
  return invariant;
}

/** What is answered is true. */
export function answersAreTrue({ truth, watch, scheduler }: Simulation): Invariant {
  const { transactions, checkouts } = defaultTableNames;
  /** Since when an order is known as paid: by its row, which others may be slow to follow, or in its buyer's slot. */
  const completedAtMs = new Map<string, number>();
  const listedAtMs = new Map<string, number>();
  const invariant: Invariant = {
    name: 'answersAreTrue',
    rule: 'nothing is answered that is not so: paid, granted, held, published (rules 3, 4 and 7)',
    changed: ({ table, before, after }) => {
      if (table === checkouts && after?.paid !== before?.paid) {
        for (const id of Object.keys(after?.paid ?? {})) {
          const merchantOrderId = id.replace(/^txn_/, '');
          if (!listedAtMs.has(merchantOrderId)) listedAtMs.set(merchantOrderId, scheduler.nowMs());
        }
      }
      if (table !== transactions || after?.status !== 'COMPLETED') return;
      if (before?.status !== 'COMPLETED') {
        completedAtMs.set(String(after.merchantOrderId), Date.parse(String(after.last_sync)));
      }
    },
    answered: (answer) => {
      switch (answer.call.function) {
        case 'upgrade':
          return checkUpgrade(answer);
        case 'paymentStatus':
        case 'callback':
          return checkStatus(answer);
        default:
      }
    },
  };
  const checkUpgrade = ({ call, result, startedAtMs, isHeldUp }: Answered) => {
    const body = call.body;
    const userId = typeof body === 'object' && 'userId' in body ? String(body.userId) : '';
    const code = codeOf(result.body);
    const paid = truth.ordersOf(userId).filter(truth.isPaid);
    if (code === 'ALREADY_PAID' && paid.length === 0) {
      watch.report(invariant, userId, 'told that it is paid, and it is not');
    }
    const tier = truth.user(userId)?.subscriptionTier ?? 'registered';
    if (code === 'ALREADY_PRO' && tier === 'registered') {
      watch.report(invariant, userId, 'told that they have pro, and they have not');
    }
    if (result.statusCode === 200 && !isOwnAddress(call.body)) {
      watch.report(invariant, userId, 'a page for a caller who gave another address');
    }
    if (result.statusCode !== 200 || isHeldUp) return;
    if (isSuspended(userId, startedAtMs)) {
      watch.report(invariant, userId, 'suspended, and a page is sold');
    }
    const page = truth.atGateway(String(result.body.merchantOrderId));
    if (page && page.expireAt < startedAtMs) {
      watch.report(invariant, page.merchantOrderId, 'a page was handed out that has expired');
    }
    const asked = truth.row(String(result.body.merchantOrderId));
    const known = paid.find((id) => {
      const row = truth.row(id);
      // Passes are sold again, and other tiers beside.
      if (!row || !isForEver(row) || row.tier !== asked?.tier) return false;
      const isRevoked = row.accessRevokedAt !== undefined;
      const isListed = (listedAtMs.get(id) ?? Number.POSITIVE_INFINITY) < startedAtMs;
      const completedMs = completedAtMs.get(id) ?? Number.POSITIVE_INFINITY;
      return !isRevoked && (isListed || completedMs < startedAtMs - SLOW_TO_FOLLOW_MS);
    });
    if (known !== undefined) watch.report(invariant, known, 'paid, and a page is sold again');
  };
  const isSuspended = (userId: string, startedAtMs: number) => {
    const { isSuspended: isSo = false, suspendedAtMs = 0 } = truth.buyers.get(userId) ?? {};
    return isSo && suspendedAtMs < startedAtMs;
  };
  const checkStatus = ({ result }: Answered) => {
    const { merchantOrderId, status, access } = result.body;
    if (typeof merchantOrderId !== 'string') return;
    if (status === 'COMPLETED' && !truth.isPaid(merchantOrderId)) {
      watch.report(invariant, merchantOrderId, 'called paid, and it is not');
    }
    if (access === 'GRANTED' && !truth.isPaid(merchantOrderId)) {
      watch.report(invariant, merchantOrderId, 'access called granted, and nothing is paid');
    }
  };
  return invariant;
}

/** So long after a row says that it is paid every function acts on it. */
const SLOW_TO_FOLLOW_MS = 30_000;

/** Every address of a buyer has the user id in it. */
function isOwnAddress(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { userId, userEmail } = { userId: '', userEmail: '', ...body };
  return String(userEmail).toLowerCase().includes(String(userId).toLowerCase());
}

function codeOf({ error }: Record<string, unknown>): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
