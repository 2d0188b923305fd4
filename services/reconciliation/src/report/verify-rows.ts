import type { Clock } from '@cloudnestle/payments/clock';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import { type PaceOptions, paceGateway } from '../gateway/pace-gateway.ts';
import type { ReportRow } from './report-row.ts';

/** What one page may take to ask the gateway; whoever is not asked by then is shown as recorded. */
const VERIFY_WITHIN_MS = 8000;
const QUESTION_TIMEOUT_MS = 3000;

export interface VerifyDependencies extends Omit<PaceOptions, 'signal'> {
  gateway: PaymentGateway;
  now: Clock;
}

/**
 * Asks the gateway about the orders of one page whose payment is not settled on both sides: those are the ones about which
 * it may know more. Answers by transaction id; publishes and writes nothing.
 */
export async function verifyRows(
  deps: VerifyDependencies,
  rows: readonly ReportRow[],
): Promise<Map<string, Judgement>> {
  const over = new AbortController();
  const { gateway } = paceGateway(deps.gateway, { ...deps, signal: over.signal });
  const judgements = new Map<string, Judgement>();
  const trigger = { producer: 'reconciliation', causationId: 'report', gatewayEvent: 'manual' };
  const work = rows.filter(isOpenQuestion).map(async ({ order }) => {
    const options = { timeoutMs: QUESTION_TIMEOUT_MS, expireUnknown: true };
    const judgement = await judgeOrder({ ...deps, gateway }, order, trigger, options);
    if (!over.signal.aborted) judgements.set(order.row.transactionId, judgement);
  });
  await withTimeout(Promise.all(work), timeLimitMs(VERIFY_WITHIN_MS), () => undefined);
  over.abort();
  return judgements;
}

function isOpenQuestion({ order: { row } }: ReportRow): boolean {
  return row.status !== 'COMPLETED' || row.phonepe_status !== 'COMPLETED';
}
