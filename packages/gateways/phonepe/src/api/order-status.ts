import type { CallOptions, OrderStatusAnswer } from '@cloudnestle/payments/gateway';
import type { CredentialStore, CredentialsAnswer } from '../credential-store.ts';
import { orWhenOver, withinBudget } from '../http/budget.ts';
import { readOrderStatus } from '../order/read-order-status.ts';
import { askStatus, toPathSegment } from './ask-status.ts';
import type { CallApi } from './call-api.ts';

const UNKNOWN_ORDER_CODES: ReadonlySet<string> = new Set([
  'INVALID_MERCHANT_ORDER_ID',
  'MERCHANT_ORDER_MAPPING_NOT_FOUND',
  'ORDER_NOT_FOUND',
]);

/**
 * Asks with details (every attempt, not only the last) and with the context of an error. Whose order it is, is judged by
 * the secret's merchant id as it is now, never by the one that a kept token was got with: before an answer counts as
 * another merchant's, the secret is read again (at most once in 30 s).
 */
export function orderStatus(
  deps: { callApi: CallApi; store: CredentialStore },
  merchantOrderId: string,
  { timeoutMs }: CallOptions,
): Promise<OrderStatusAnswer> {
  const id = toPathSegment(merchantOrderId);
  return withinBudget(timeoutMs, async (signal) => {
    const answer = await askStatus(deps.callApi, {
      path: id && `/checkout/v2/order/${id}/status?details=true&errorContext=true`,
      timeoutMs,
      unknownIdCodes: UNKNOWN_ORDER_CODES,
      read: (json) => {
        const isReadable = readOrderStatus(json, { merchantId: '', merchantOrderId });
        return isReadable && { kind: 'read' as const, json };
      },
    });
    if (answer.kind !== 'read') return answer;
    const judgeBy = (secret: CredentialsAnswer): OrderStatusAnswer => {
      if (secret.kind === 'unavailable') return unjudged(secret.reason);
      const { merchantId } = secret.credentials;
      const status = readOrderStatus(answer.json, { merchantId, merchantOrderId });
      return status ? { kind: 'found', ...status } : unjudged('unreadable answer');
    };
    const byKept = judgeBy(await orWhenOver(signal, deps.store.current(), TOO_SLOW));
    if (byKept.kind === 'found' && byKept.isOurs) return byKept;
    return judgeBy(await orWhenOver(signal, deps.store.rereadUnlessRecent(), TOO_SLOW));
  });
}

const TOO_SLOW: CredentialsAnswer = { kind: 'unavailable', reason: 'the secret: timed out' };

function unjudged(reason: string): OrderStatusAnswer {
  return { kind: 'unreachable', reason, isAnswered: true };
}
