import type { RefundState } from '@cloudnestle/contracts/items/refund';
import type { RefundState as GatewayState, RefundObstacle } from '../gateway.ts';

/** The gateway has spoken its last word, or was never asked. */
export function isOver(state: RefundState): boolean {
  return state === 'COMPLETED' || state === 'FAILED' || state === 'REFUSED';
}

/**
 * Where a refund stands after the gateway's own word about it: never back. Money wins: what failed may still be completed,
 * what is completed never fails. A word that the gateway's documents do not list is one more PENDING.
 */
export function nextRefundState(current: RefundState, said: GatewayState): RefundState {
  if (current === 'COMPLETED' || said === 'COMPLETED') return 'COMPLETED';
  if (current === 'FAILED' || said === 'FAILED') return 'FAILED';
  return current === 'CONFIRMED' || said === 'CONFIRMED' ? 'CONFIRMED' : 'PENDING';
}

/** What the gateway said to a request that it would not take, as far as it decides what is done next. */
export interface SaidNo {
  httpStatus?: number | undefined;
  isFinal: boolean;
  obstacle?: RefundObstacle | undefined;
}

/**
 * Whether a refusal ends the refund, once the gateway's status says that it does not know it. Not where its own words are
 * that something is under way, nor where it did not look at the request at all: wrong credentials.
 */
export function isDefinite({ httpStatus, isFinal, obstacle }: SaidNo): boolean {
  if (isFinal) return true;
  return obstacle !== 'ANOTHER_RUNNING' && httpStatus !== 401 && httpStatus !== 403;
}
