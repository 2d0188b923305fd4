import type { MetricName } from '@cloudnestle/contracts/metric-names';
import { addMs } from '@cloudnestle/payments/clock';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import PQueue from 'p-queue';
import { paceGateway } from '../gateway/pace-gateway.ts';
import { checkOrder } from './check-order.ts';
import { countAttention } from './count-attention.ts';
import { CONCURRENCY, ORDER_TIMEOUT_MS } from './deadlines.ts';
import {
  type CheckResult,
  type SweepCount,
  type SweepDependencies,
  tryAgain,
} from './dependencies.ts';
import type { OpenOrderKey } from './stores/open-orders.ts';

export interface SweepOptions {
  runId: string;
  /** The run ends in that time; what it did not reach stays due. */
  timeoutMs: number;
  /** `all`: every open order, due or not. */
  scope: 'due' | 'all';
  /** Aborted: what is under way is finished, and the rest stays due. */
  signal?: AbortSignal | undefined;
  onProgress?(progress: { found: number; done: number }): void;
}

/** What a run found due, and what became of it. */
export type SweepSummary = Record<SweepCount | 'due', number> & {
  /** `done`, or why orders are left for the next run. */
  outcome: 'done' | 'out of time' | 'the gateway does not answer' | 'interrupted';
};

/**
 * Looks at the open orders that are due, several at once, and brings the truth in; meanwhile counts the orders that need a
 * person. Overlapping runs are harmless: each order is claimed by a conditional write. Rejects only where one of the two
 * indexes cannot be read.
 */
export async function runSweep(
  deps: SweepDependencies,
  options: SweepOptions,
): Promise<SweepSummary> {
  const { runId, timeoutMs, scope, signal, onProgress } = options;
  const startedAt = deps.now();
  const endsAt = addMs(startedAt, timeoutMs - ORDER_TIMEOUT_MS);
  const over = new AbortController();
  const paced = paceGateway(deps.gateway, {
    ...deps,
    signal: over.signal,
  });
  const summary = startSummary();
  const atWork = new PQueue({ concurrency: CONCURRENCY });
  let done = 0;

  /** Whether no order may be started any more. */
  const isOver = () => {
    if (signal?.aborted) summary.outcome = 'interrupted';
    else if (paced.isDown()) summary.outcome = 'the gateway does not answer';
    else if (deps.now() >= endsAt) summary.outcome = 'out of time';
    return summary.outcome !== 'done';
  };
  const check = async (key: OpenOrderKey): Promise<void> => {
    // Asked again: it may have waited its turn for as long as an order takes.
    if (isOver()) return;
    const work = checkOrder({ ...deps, gateway: paced.gateway }, runId, key);
    const late = () => tryAgain(`not done within ${ORDER_TIMEOUT_MS} ms`);
    note(deps, summary, key, await withTimeout(work, timeLimitMs(ORDER_TIMEOUT_MS), late));
    done += 1;
    onProgress?.({ found: summary.due, done });
  };

  const counted = countAttention(deps).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const dueBy = scope === 'due' ? startedAt.toISOString() : undefined;
  // A claimed order moves in the index while it is read, and would be met again.
  const seen = new Set<string>();
  find: for await (const page of deps.openOrders.list({ dueBy })) {
    const keys = page.filter(({ transactionId }) => !seen.has(transactionId));
    for (const { transactionId } of keys) seen.add(transactionId);
    summary.due += keys.length;
    onProgress?.({ found: summary.due, done });
    for (const key of keys) {
      await atWork.onSizeLessThan(1);
      if (isOver()) break find;
      void atWork.add(() => check(key));
    }
  }
  await atWork.onIdle();
  over.abort();
  report(deps, summary, deps.now().getTime() - startedAt.getTime());
  const uncounted = await counted;
  if (uncounted) throw uncounted.error;
  return summary;
}

function note(
  { log }: SweepDependencies,
  summary: SweepSummary,
  { transactionId }: OpenOrderKey,
  { counts, reason }: CheckResult,
): void {
  for (const count of counts) summary[count] += 1;
  if (counts.length === 0) return;
  const level = counts.includes('errors') || counts.includes('parked') ? 'warn' : 'info';
  log[level]('swept', { transactionId, outcome: counts.join(', '), reason });
}

function report({ metrics }: SweepDependencies, summary: SweepSummary, durationMs: number): void {
  for (const count of sweepCounts) metrics.count(metricOf[count], summary[count]);
  metrics.time('SweepDuration', durationMs);
  // The sign of life: an alarm is raised where it is missing.
  metrics.count('SweepFinished');
}

const sweepCounts = [
  'due',
  'settled',
  'failed',
  'expired',
  'repaired',
  'parked',
  'errors',
] as const;

const metricOf = {
  due: 'SweepDue',
  settled: 'SweepSettled',
  failed: 'SweepFailed',
  expired: 'SweepExpired',
  repaired: 'SweepRepaired',
  parked: 'SweepParked',
  errors: 'SweepErrors',
} as const satisfies Record<(typeof sweepCounts)[number], MetricName>;

function startSummary(): SweepSummary {
  const counts = { due: 0, settled: 0, failed: 0, expired: 0, repaired: 0, parked: 0, errors: 0 };
  return { ...counts, outcome: 'done' };
}
