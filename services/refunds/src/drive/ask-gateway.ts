import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import type { RefundChange } from '@cloudnestle/operations/refunds/refund-rows';
import { addMs } from '@cloudnestle/payments/clock';
import type { RefundStatus, RefundStatusAnswer } from '@cloudnestle/payments/gateway';
import { dayShardOf } from '@cloudnestle/payments/index-keys';
import { buildRefundInDoubtEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { judgeRefundStatus } from '@cloudnestle/payments/refunds/judge-refund-status';
import {
  isOverdue,
  isSurelyNotKnown,
  NOT_KNOWN_FOR_MS,
  planQuestion,
} from '@cloudnestle/payments/refunds/plan-refund';
import { isDefinite, isOver, nextRefundState } from '@cloudnestle/payments/refunds/refund-state';
import { redact } from '@cloudnestle/runtime/redact';
import { indexShardCount } from '@cloudnestle/topology/tables';
import {
  type DriveDependencies,
  GATEWAY_TIMEOUT_MS,
  type Look,
  lostClaim,
  type Step,
} from './dependencies.ts';
import { gatewayOf, submitRefund } from './submit-refund.ts';

/**
 * Asks the gateway where a refund stands, and writes it down. A last word leads on to its publication; else it is asked again,
 * ever more rarely. What the gateway does not know although it was sent is sent again, with the same id, once it has
 * twice not known it, a minute apart.
 */
export async function askGateway(
  deps: DriveDependencies,
  refund: RefundItem,
  look: Look,
): Promise<Step> {
  const gateway = await gatewayOf(deps, refund);
  const answer = await gateway.refundStatus(refund.refundId, { timeoutMs: GATEWAY_TIMEOUT_MS });
  if (answer.kind === 'unreachable') {
    const step = await waitOn(deps, refund, look, { lastAnswer: describe(answer) });
    return step.kind === 'waits' ? { ...step, isUnanswered: true } : step;
  }
  const verdict = judgeRefundStatus(answer, refund.transactionId);
  switch (verdict.kind) {
    case 'known':
      return keepStatus(deps, refund, look, verdict.status);
    case 'notFound':
      return refund.state === 'SUBMITTED'
        ? keepNotKnown(deps, refund, look)
        : waitOn(deps, refund, look, { lastAnswer: describe(answer) });
    case 'doubt':
      return waitOn(deps, refund, look, { lastAnswer: verdict.why, doubt: verdict.why });
  }
}

async function keepStatus(
  deps: DriveDependencies,
  refund: RefundItem,
  look: Look,
  status: RefundStatus,
): Promise<Step> {
  const { gatewayState, gatewayRefundId } = status;
  const state = nextRefundState(refund.state, status.state);
  if (refund.state === 'COMPLETED' && status.state === 'FAILED') {
    const why = 'it was paid back, and now the gateway says FAILED';
    return waitOn(deps, refund, look, { lastAnswer: why, doubt: why });
  }
  const seen: RefundChange = {
    state,
    gatewayState,
    ...(gatewayRefundId ? { gatewayRefundId } : {}),
    lastAnswer: gatewayState,
    notKnownSince: undefined,
    saidNo: undefined,
  };
  // Before this look it had its last word already: what is left is to tell it.
  if (state === refund.state && isOver(state)) return goOn(deps, look, seen);
  if (state === 'COMPLETED')
    return goOn(deps, look, { ...seen, ...completion(deps, refund, status) });
  if (state === 'FAILED') {
    const { errorCode, detailedErrorCode, at } = status;
    return goOn(deps, look, {
      ...seen,
      failedAt: at ?? deps.now().toISOString(),
      ...(errorCode ? { errorCode } : {}),
      ...(detailedErrorCode ? { detailedErrorCode } : {}),
    });
  }
  return waitOn(deps, refund, look, seen);
}

/** What the gateway says it paid is what went back, whatever was asked for. */
function completion(
  { now, log }: DriveDependencies,
  { refundId, transactionId, amountInPaisa: asked }: RefundItem,
  { amountInPaisa, at }: RefundStatus,
): RefundChange {
  if (asked !== undefined && asked !== amountInPaisa) {
    log.warn('another amount was paid back', { transactionId, refundId, asked, amountInPaisa });
  }
  const completedAt = at ?? now().toISOString();
  return {
    completedAt,
    amountInPaisa,
    failedAt: undefined,
    errorCode: undefined,
    detailedErrorCode: undefined,
    doubt: undefined,
    endTold: undefined,
    dayShard: dayShardOf(refundId, new Date(completedAt), indexShardCount),
  };
}

/** Sent, and not known there: asked once more after a minute, then it is over or sent again. */
async function keepNotKnown(
  deps: DriveDependencies,
  refund: RefundItem,
  look: Look,
): Promise<Step> {
  const { saidNo, notKnownSince } = refund;
  const now = deps.now();
  const since = notKnownSince === undefined ? undefined : new Date(notKnownSince);
  if (!isSurelyNotKnown(since, now)) {
    const notKnown = notKnownSince ?? now.toISOString();
    return waitOn(deps, refund, look, {
      notKnownSince: notKnown,
      nextCheckAt: addMs(new Date(notKnown), NOT_KNOWN_FOR_MS).toISOString(),
    });
  }
  if (saidNo === undefined || !isDefinite({ ...saidNo, obstacle: readObstacle(saidNo) })) {
    return submitRefund(deps, refund, look);
  }
  return goOn(deps, look, {
    state: 'FAILED',
    gatewayState: 'REFUSED',
    errorCode: saidNo.code,
    detailedErrorCode: saidNo.detailedCode,
    failedAt: now.toISOString(),
  });
}

function readObstacle({ obstacle }: { obstacle?: string | undefined }) {
  return obstacle === 'ANOTHER_RUNNING' ? obstacle : undefined;
}

/** The refund has its last word: it is told at once, by this look. */
async function goOn(deps: DriveDependencies, { claim }: Look, change: RefundChange): Promise<Step> {
  const at = deps.now().toISOString();
  const refund = await deps.refunds.write(claim, { ...change, nextCheckAt: at, updatedAt: at });
  return refund ? { kind: 'next', refund } : lostClaim;
}

/** Asked again later. What is not over after ten days, or cannot be believed, needs an operator, and is asked about on. */
async function waitOn(
  deps: DriveDependencies,
  refund: RefundItem,
  { claim, trigger }: Look,
  change: RefundChange,
): Promise<Step> {
  const now = deps.now();
  const sentAt = new Date(refund.submittedAt ?? refund.createdAt);
  const isLate = !isOver(refund.state) && isOverdue(sentAt, now);
  const doubt =
    change.doubt ?? (isLate ? 'the gateway has not ended it for ten days' : refund.doubt);
  const isTold = doubt === undefined || (await tellDoubt(deps, refund, trigger, doubt, now));
  const planned = isTold ? planQuestion(sentAt, now) : addMs(now, NOT_KNOWN_FOR_MS);
  const kept = await deps.refunds.write(claim, {
    ...change,
    doubt,
    nextCheckAt: change.nextCheckAt ?? planned.toISOString(),
    // A refund that was over stays so.
    ...(isOver(refund.state) && isTold ? { openShard: undefined, nextCheckAt: undefined } : {}),
    leaseUntil: undefined,
    updatedAt: now.toISOString(),
  });
  if (!kept) return lostClaim;
  return { kind: 'waits', reason: change.lastAnswer ?? 'the gateway does not know it' };
}

async function tellDoubt(
  { publish, log }: DriveDependencies,
  { refundId, transactionId, gatewayState }: RefundItem,
  trigger: Look['trigger'],
  doubt: string,
  now: Date,
): Promise<boolean> {
  log.warn('refund in doubt', { transactionId, refundId, reason: redact(doubt) });
  const since = now.toISOString();
  const answer = await publish(
    buildRefundInDoubtEvent(
      { refundId, transactionId, doubt, since, ...(gatewayState ? { gatewayState } : {}) },
      trigger,
    ),
  );
  return answer.kind === 'published';
}

function describe(answer: RefundStatusAnswer): string {
  switch (answer.kind) {
    case 'unreachable':
      return `the gateway cannot be asked: ${answer.reason}`.slice(0, 200);
    case 'notFound':
      return 'the gateway does not know this refund';
    case 'refused':
      return `the gateway refused to tell: ${answer.code}`;
    case 'found':
      return answer.gatewayState;
  }
}
