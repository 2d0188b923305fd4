import { setTimeout as sleep } from 'node:timers/promises';
import {
  type PaymentStatusResponse,
  paymentStatusResponseSchema,
} from '@cloudnestle/contracts/http/payment-status';
import { parseJson } from '@cloudnestle/contracts/json';
import { createPace } from '@cloudnestle/operations/create-pace';
import { call, routeUrl } from '../call-stage.ts';
import { type BuyDependencies, buy, type Failure, nameBuyer, type Purchase } from './buy.ts';
import { type Fate, fates } from './fates.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** A payment, and how it stands in the end. */
export interface Payment {
  fate: PlannedPayment['fate'];
  standing: Standing;
  /** Of an order that was made. */
  transactionId?: string;
  amountInPaisa?: number;
}

export interface PaymentOptions {
  /** In the buyers' ids. */
  run: string;
  /** Buyers at once, and questions about orders at once. */
  concurrency: number;
  perSecond: number | undefined;
  /** How long after the last payment, and again after a sweep, orders that are to be decided are waited for. */
  waitMs: number;
  /** Finds out what no webhook told. */
  sweep: (() => Promise<void>) | undefined;
  /** One more payment is as far as it gets without a sweep. */
  onDone(): void;
}

/** Makes the payments and follows each to its end. Nothing that goes wrong with a single one ends the others. */
export async function makePayments(
  deps: BuyDependencies,
  planned: readonly PlannedPayment[],
  options: PaymentOptions,
): Promise<Payment[]> {
  // Questions about many orders at once must not become the load that is measured.
  const ask = buildAskStatus(deps.stage.apiUrl, createLimit(options.concurrency));
  const orders = begin(deps, planned, options);
  const over = new AbortController();
  const following = orders.map(async ({ fate, buying }): Promise<Followed> => {
    const purchase = await buying;
    const isWatched = purchase.kind === 'bought' && fates[fate].isTold;
    const standing = isWatched
      ? await follow(purchase, fates[fate], { ask, signal: over.signal })
      : open;
    options.onDone();
    return { fate, purchase, standing };
  });
  await Promise.all(orders.map(({ buying }) => buying));
  const timer = setTimeout(() => over.abort(), options.waitMs);
  const followed = await Promise.all(following);
  clearTimeout(timer);
  return lookAgain(followed, ask, options);
}

interface Followed extends Payment {
  purchase: Purchase | Failure;
}

function begin(
  deps: BuyDependencies,
  planned: readonly PlannedPayment[],
  { run, concurrency, perSecond }: PaymentOptions,
) {
  const limit = createLimit(concurrency);
  const pace = createPace(perSecond, new AbortController().signal);
  const buyInTurn = async (payment: PlannedPayment, number: number) => {
    await pace(1);
    return limit(() => buy(deps, nameBuyer(run, number), payment));
  };
  return planned.map((payment, index) => ({
    fate: payment.fate,
    buying: buyInTurn(payment, index + 1),
  }));
}

/** What is still open after a sweep; without one a last look, since the stage's own sweep may have found out. */
async function lookAgain(
  followed: readonly Followed[],
  ask: AskStatus,
  { sweep, waitMs }: PaymentOptions,
): Promise<Payment[]> {
  await sweep?.();
  const once = AbortSignal.abort();
  const waiting = sweep ? AbortSignal.timeout(waitMs) : once;
  return Promise.all(
    followed.map(async ({ fate, purchase, standing }): Promise<Payment> => {
      if (purchase.kind === 'failed') return { fate, standing: purchase };
      const { transactionId, amountInPaisa } = purchase;
      const made = { fate, transactionId, amountInPaisa };
      if (standing.kind !== 'open') return { ...made, standing };
      const signal = fates[fate].ends === undefined ? once : waiting;
      return { ...made, standing: await follow(purchase, fates[fate], { ask, signal }) };
    }),
  );
}

const open: Standing = { kind: 'open' };

/** How an order stands: as its fate wants it, not there yet, or somewhere else. */
type Standing = { kind: 'settled'; afterMs: number } | { kind: 'open' } | Failure;

/** Asks the stage about an order; undefined where there is no usable answer now. */
type AskStatus = (transactionId: string) => Promise<PaymentStatusResponse | undefined>;

/** A measured time is at most this share too long, and polling stays rare beside the work that is measured. */
const WAIT_SHARE = 0.25;
const SHORTEST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1000;

/** Asks until the order stands as its fate wants it, or `signal` aborts; at least once. */
export async function follow(
  { transactionId, paidAtMs }: Purchase,
  fate: Fate,
  { ask, signal }: { ask: AskStatus; signal: AbortSignal },
): Promise<Standing> {
  for (;;) {
    const status = await ask(transactionId);
    const afterMs = performance.now() - paidAtMs;
    const standing = status ? judge(status, fate, afterMs) : open;
    if (standing.kind !== 'open' || signal.aborted) return standing;
    const waitMs = Math.min(Math.max(afterMs * WAIT_SHARE, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What an order's status means for its fate. */
export function judge(
  { status, access }: Pick<PaymentStatusResponse, 'status' | 'access'>,
  { ends }: Pick<Fate, 'ends'>,
  afterMs: number,
): Standing {
  if (status === 'PENDING') return open;
  if (status !== ends) return { kind: 'failed', reason: `it ended as ${status}` };
  if (status === 'FAILED' && access === 'GRANTED') {
    return { kind: 'failed', reason: 'it failed, and the buyer is Pro' };
  }
  return status === 'FAILED' || access === 'GRANTED' ? { kind: 'settled', afterMs } : open;
}

/** The status call of a stage, as a return page asks it. */
function buildAskStatus(apiUrl: string, limit: Limit): AskStatus {
  return async (transactionId) => {
    const answer = await limit(() => call(routeUrl(apiUrl, 'paymentStatus', transactionId)));
    if (answer.kind === 'unanswered') return undefined;
    return paymentStatusResponseSchema.safeParse(parseJson(answer.body)).data;
  };
}

/** Runs work as soon as less than `most` is under way; what waits goes in the order it came. */
type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createLimit(most: number): Limit {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      // The place is handed on, so that no later call takes it in between.
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
