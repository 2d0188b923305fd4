import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionGauges, type MetricName } from '@cloudnestle/contracts/metric-names';
import { type Attention, countFacts } from '@cloudnestle/payments/attention/attention';
import { addMs, type Clock } from '@cloudnestle/payments/clock';
import { readOrder } from '@cloudnestle/payments/order';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import PQueue from 'p-queue';
import type { ListAttention } from '../attention/list-attention.ts';
import { paceGateways } from '../pace-gateways.ts';
import { checkEffects } from './check-effects.ts';
import { checkOutcome } from './check-outcome.ts';
import {
  type CheckResult,
  CONCURRENCY,
  LEASE_MS,
  ORDER_TIMEOUT_MS,
  parkOrder,
  quiet,
  retryNextRun,
  type SweepCount,
  type SweepDependencies,
} from './dependencies.ts';
import type { OpenOrderKey, SweepClaim } from './open-orders.ts';

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
 * Looks at the open orders that are due, several at once, and brings the truth in; meanwhile counts the orders that need an
 * operator. Overlapping runs are harmless: each order is claimed by a conditional write. Rejects only where one of the two
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
  const paced = paceGateways(deps.gateways, { ...deps, signal: over.signal });
  const summary = startSummary();
  const atWork = new PQueue({ concurrency: CONCURRENCY });
  let done = 0;

  /** Whether no order may be started any more. */
  const isOver = () => {
    if (signal?.aborted) summary.outcome = 'interrupted';
    else if (paced.areDown()) summary.outcome = 'the gateway does not answer';
    else if (deps.now() >= endsAt) summary.outcome = 'out of time';
    return summary.outcome !== 'done';
  };
  const check = async (key: OpenOrderKey): Promise<void> => {
    // Asked again: it may have waited its turn for as long as an order takes.
    if (isOver()) return;
    const work = checkOrder({ ...deps, gateways: paced.gateways }, runId, key);
    const late = () => retryNextRun(`not done within ${ORDER_TIMEOUT_MS} ms`);
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
  'reminded',
  'ended',
  'repaired',
  'parked',
  'errors',
] as const;

const metricOf = {
  due: 'SweepDue',
  settled: 'SweepSettled',
  failed: 'SweepFailed',
  expired: 'SweepExpired',
  reminded: 'SweepReminded',
  ended: 'SweepEnded',
  repaired: 'SweepRepaired',
  parked: 'SweepParked',
  errors: 'SweepErrors',
} as const satisfies Record<(typeof sweepCounts)[number], MetricName>;

function startSummary(): SweepSummary {
  return {
    due: 0,
    settled: 0,
    failed: 0,
    expired: 0,
    reminded: 0,
    ended: 0,
    repaired: 0,
    parked: 0,
    errors: 0,
    outcome: 'done',
  };
}

/**
 * Takes one order that the index names, and does what its row as it is now asks for. Never rejects: one bad order never
 * stops the rest, and what went wrong is tried again at the next run.
 */
async function checkOrder(
  deps: SweepDependencies,
  runId: string,
  key: OpenOrderKey,
): Promise<CheckResult> {
  const claim: SweepClaim = {
    transactionId: key.transactionId,
    claimId: deps.newId(),
    leaseUntil: addMs(deps.now(), LEASE_MS).toISOString(),
  };
  try {
    // The claim's answer is the row: no read could be more consistent.
    const item = await deps.openOrders.claim(key, claim);
    if (!item) return quiet;
    const read = readOrder(item, deps.catalogue);
    if (read.kind === 'unreadable') {
      return await parkOrder(deps, claim, { reason: 'NO_OUTCOME', detail: read.reason });
    }
    const { order } = read;
    const trigger = { producer: 'reconciliation', causationId: runId, gatewayEvent: 'sweep' };
    const check = { claim, order, trigger };
    return await (order.row.status === 'COMPLETED'
      ? checkEffects(deps, check)
      : checkOutcome(deps, check));
  } catch (error) {
    return retryNextRun(describeError(error));
  }
}

/**
 * Counts the facts that need an operator, from the index of their orders, and says how many there are for each reason: also
 * that there are none, so that an alarm recovers. A second dispute of one order is one more, so it is told as well. Rejects where the index cannot be read; nothing is
 * said then, because half a count would look like good news.
 */
async function countAttention({
  listAttention,
  metrics,
  now,
}: {
  listAttention: ListAttention;
  metrics: Metrics;
  now: Clock;
}): Promise<void> {
  const aDayAgo = addMs(now(), -DAY_MS).toISOString();
  let owed = 0;
  const counts = new Map<AttentionReason, number>(attentionReasons.map((reason) => [reason, 0]));
  for await (const orders of listAttention()) {
    owed += orders.filter(({ attention }) => isOwedSince(attention, aDayAgo)).length;
    for (const reason of orders.flatMap(({ item }) => countFacts(item))) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  for (const [reason, count] of counts) metrics.count(attentionGauges[reason], count);
  metrics.count('OwedOverOneDay', owed);
}

const DAY_MS = 86_400_000;

function isOwedSince(attention: readonly Attention[], moment: string): boolean {
  return attention.some(({ reason, since }) => reason === 'CHARGED_TWICE' && since < moment);
}
