import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { requireOrder } from '@cloudnestle/operations/refunds/order-money';
import type { RefundChange } from '@cloudnestle/operations/refunds/refund-rows';
import { findGateway } from '@cloudnestle/operations/refunds/reserve-refund';
import type {
  RefundState as GatewayState,
  PaymentGateway,
  RefundAnswer,
} from '@cloudnestle/payments/gateway';
import { planQuestion } from '@cloudnestle/payments/refunds/plan-refund';
import { nextRefundState } from '@cloudnestle/payments/refunds/refund-state';
import { PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import {
  type DriveDependencies,
  GATEWAY_TIMEOUT_MS,
  type Look,
  lostClaim,
  type Step,
} from './dependencies.ts';

/**
 * Sends a refund, for the first time or again with the same id. That it is sent is written first: a death in between leaves
 * a refund of which it is not known whether the gateway has it, and its status is asked then. So it is on anything but a
 * clear yes.
 */
export async function submitRefund(
  deps: DriveDependencies,
  refund: RefundItem,
  { claim }: Look,
): Promise<Step> {
  const { refundId, merchantOrderId, amountInPaisa, submissions = 0 } = refund;
  if (amountInPaisa === undefined) throw new PermanentError('a refund without an amount');
  const gateway = await gatewayOf(deps, refund);
  const at = deps.now().toISOString();
  const submitted = await deps.refunds.write(claim, {
    state: 'SUBMITTED',
    submittedAt: refund.submittedAt ?? at,
    submissions: submissions + 1,
    nextCheckAt: at,
    notKnownSince: undefined,
    saidNo: undefined,
    updatedAt: at,
  });
  if (!submitted) return lostClaim;
  deps.metrics.count('RefundSubmitted', 1, { atOnce: true });
  const answer = await gateway.refund(
    { merchantRefundId: refundId, merchantOrderId, amountInPaisa },
    { timeoutMs: GATEWAY_TIMEOUT_MS },
  );
  deps.log.info('refund sent', {
    transactionId: refund.transactionId,
    refundId,
    outcome: describe(answer),
    attempt: submissions + 1,
  });
  // After a clear yes there is time; else the status tells what became of it.
  const waits = answer.kind === 'accepted' && !isLastWord(answer);
  const kept = await deps.refunds.write(claim, {
    ...keepAnswer(answer),
    ...(waits
      ? {
          nextCheckAt: planQuestion(
            new Date(submitted.submittedAt ?? at),
            deps.now(),
          ).toISOString(),
          leaseUntil: undefined,
        }
      : {}),
  });
  if (!kept) return lostClaim;
  return waits ? { kind: 'waits' } : { kind: 'next', refund: kept };
}

/** The gateway where the order was opened. Throws where this version does not have it: a later one may. */
export async function gatewayOf(
  deps: DriveDependencies,
  { transactionId }: RefundItem,
): Promise<PaymentGateway> {
  const row = requireOrder(await deps.findTransaction(transactionId), transactionId);
  const gateway = findGateway(deps.gateways, row);
  if (!gateway) throw new RetryLaterError('the order’s gateway is not registered here');
  return gateway;
}

/** What is kept of the answer. A last word is believed only of the status, which is asked right after. */
function keepAnswer(answer: RefundAnswer): RefundChange {
  const lastAnswer = describe(answer);
  if (answer.kind === 'refused') {
    const { kind: _refused, ...saidNo } = answer;
    return { saidNo, lastAnswer };
  }
  if (answer.kind !== 'accepted') return { lastAnswer };
  const said = isLastWord(answer) ? 'OTHER' : answer.state;
  return {
    state: nextRefundState('SUBMITTED', said),
    gatewayState: answer.gatewayState,
    ...(answer.gatewayRefundId ? { gatewayRefundId: answer.gatewayRefundId } : {}),
    lastAnswer,
  };
}

function isLastWord({ state }: { state: GatewayState }): boolean {
  return state === 'COMPLETED' || state === 'FAILED';
}

function describe(answer: RefundAnswer): string {
  switch (answer.kind) {
    case 'accepted':
      return `accepted: ${answer.gatewayState}`;
    case 'refused':
      return `refused: ${answer.httpStatus ?? 'not sent'} ${answer.detailedCode ?? answer.code}`;
    case 'unknown':
    case 'unreachable':
      return `${answer.kind}: ${answer.reason}`.slice(0, 200);
  }
}
