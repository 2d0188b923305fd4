import { setTimeout as sleep } from 'node:timers/promises';
import {
  type PaymentStatusResponse,
  paymentStatusResponseSchema,
} from '@cloudnestle/contracts/http/payment-status';
import { call } from '../call.ts';
import { parseJson } from '../read-answer.ts';
import { routeUrl } from '../route-url.ts';
import type { Failure, Purchase } from './buy.ts';
import type { Limit } from './create-limit.ts';
import type { Fate } from './fates.ts';

/** How an order stands: as its fate wants it, not there yet, or somewhere else. */
export type Standing = { kind: 'settled'; afterMs: number } | { kind: 'open' } | Failure;

/** Asks the stage about an order; undefined where there is no usable answer now. */
export type AskStatus = (transactionId: string) => Promise<PaymentStatusResponse | undefined>;

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

const open: Standing = { kind: 'open' };

/** The status call of a stage, as a return page asks it. */
export function buildAskStatus(apiUrl: string, limit: Limit): AskStatus {
  return async (transactionId) => {
    const answer = await limit(() => call(routeUrl(apiUrl, 'paymentStatus', transactionId)));
    if (answer.kind === 'unanswered') return undefined;
    return paymentStatusResponseSchema.safeParse(parseJson(answer.body)).data;
  };
}
