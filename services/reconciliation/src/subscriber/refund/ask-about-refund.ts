import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { RecordDependencies } from '../dependencies.ts';
import type { RefundAnswer } from './judge-refund.ts';

/** The gateway's share of a record's 13 s, its token included. */
const GATEWAY_TIMEOUT_MS = 4000;

/** The gateway's own word about a refund. Throws `RetryLaterError` where it gives no usable answer now. */
export async function askAboutRefund(
  gateway: RecordDependencies['gateway'],
  merchantRefundId: string | undefined,
): Promise<RefundAnswer> {
  if (merchantRefundId === undefined) return undefined;
  const answer = await gateway.refundStatus(merchantRefundId, { timeoutMs: GATEWAY_TIMEOUT_MS });
  if (answer.kind !== 'unreachable') return answer;
  throw new RetryLaterError(`the gateway cannot be asked about the refund: ${answer.reason}`);
}
