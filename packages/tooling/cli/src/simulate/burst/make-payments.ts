import { createPace } from '../../letters/create-pace.ts';
import { type BuyDependencies, buy, type Failure, type Purchase } from './buy.ts';
import { createLimit } from './create-limit.ts';
import { fates } from './fates.ts';
import { type AskStatus, buildAskStatus, follow, type Standing } from './follow.ts';
import { nameBuyer } from './make-buyer.ts';
import type { PlannedPayment } from './plan-payments.ts';

/** A payment, and how it stands in the end. */
export interface Payment {
  fate: PlannedPayment['fate'];
  standing: Standing;
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
      if (standing.kind !== 'open') return { fate, standing };
      const signal = fates[fate].ends === undefined ? once : waiting;
      return { fate, standing: await follow(purchase, fates[fate], { ask, signal }) };
    }),
  );
}

const open: Standing = { kind: 'open' };
