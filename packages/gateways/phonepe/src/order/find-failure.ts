import type { OrderStatus } from '@cloudnestle/payments/gateway';
import type { AttemptBody, OrderBody } from './order-body.ts';

const CANCELLED_CODES = new Set(['ORDER_CANCELLED_BY_USER', 'TXN_CANCELLED']);
/** An unpaid QR ends as TXN_NOT_COMPLETED, not as ORDER_EXPIRED. */
const EXPIRED_CODES = new Set(['ORDER_EXPIRED', 'TXN_NOT_COMPLETED']);

/**
 * Why a FAILED order failed. The order's own codes (root and errorContext) decide; where it names none, those of its
 * latest attempt. Without any code it was declined if an attempt failed, and ran out if none did.
 */
export function findFailure(body: OrderBody): NonNullable<OrderStatus['failure']> {
  const context = body.errorContext;
  const own = toCodes(
    body.errorCode,
    body.detailedErrorCode,
    context?.errorCode,
    context?.detailedErrorCode,
  );
  const latest = findLatest(body.paymentDetails);
  const codes = own.length ? own : toCodes(latest?.errorCode, latest?.detailedErrorCode);
  if (codes.some((code) => CANCELLED_CODES.has(code))) return 'CANCELLED';
  if (codes.some((code) => EXPIRED_CODES.has(code))) return 'EXPIRED';
  const wasTried = codes.length > 0 || body.paymentDetails.some(hasFailed);
  return wasTried ? 'DECLINED' : 'EXPIRED';
}

function toCodes(...codes: ReadonlyArray<string | undefined>): string[] {
  return codes.filter((code) => code !== undefined);
}

/** By time; attempts without one come first, in the order given. */
function findLatest(attempts: readonly AttemptBody[]): AttemptBody | undefined {
  return attempts.toSorted((a, b) => (a.timestamp ?? '').localeCompare(b.timestamp ?? '')).at(-1);
}

function hasFailed(attempt: AttemptBody): boolean {
  return attempt.state === 'FAILED';
}
