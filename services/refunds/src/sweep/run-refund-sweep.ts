import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import { addMs } from '@cloudnestle/payments/clock';
import { isOver } from '@cloudnestle/payments/refunds/refund-state';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import { describeError } from '@cloudnestle/runtime/errors';
import { withTimeout } from '@cloudnestle/runtime/with-timeout';
import type { RefundDuplicates } from '@cloudnestle/topology/function-environment';
import PQueue from 'p-queue';
import type { DriveDependencies } from '../drive/dependencies.ts';
import { driveRefund } from '../drive/drive-refund.ts';
import { type DuplicateDependencies, refundDuplicates } from './refund-duplicates.ts';

export interface SweepDependencies extends DriveDependencies, DuplicateDependencies {
  /** What goes back by itself of what was paid twice. */
  duplicates: RefundDuplicates;
  /** Every refund that is not over, page by page, as the index has it: a moment behind. */
  listOpen(onUnreadable: (refundId: string) => void): AsyncIterable<RefundItem[]>;
  /** What was paid back on that day in India so far, the same. */
  listPaidBack(day: Date): AsyncIterable<RefundItem[]>;
}

/** Refunds at work at once: PhonePe publishes no limit, and one buyer after the other can wait a moment. */
const CONCURRENCY = 5;
/** One refund, start to end. A run takes on no further one with less than this left. */
const REFUND_TIMEOUT_MS = 15_000;
/** A refund that the gateway does not have, or whose end its order does not show, after this stands still. */
const STANDS_STILL_MS = 3_600_000;

/**
 * Takes up every refund that is due, several at once: what a death, a lost event or a lost webhook has left standing, and
 * what it is time to ask about; then asks for what buyers have paid twice, where the stage says so. Says how many are open and how many stand still, also that there are none. Overlapping runs
 * are harmless: each refund is claimed by a conditional write. Rejects only where an index cannot be read.
 */
export async function runRefundSweep(
  deps: SweepDependencies,
  options: { runId: string; timeoutMs: number },
): Promise<Partial<SummaryFields> & { outcome: string }> {
  const { runId, timeoutMs } = options;
  const now = deps.now();
  const endsAt = addMs(now, timeoutMs - REFUND_TIMEOUT_MS);
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const counts = { open: 0, due: 0, standingStill: 0, errors: 0 };
  /** What the machine has asked for and the gateway pays or has paid back today. */
  const byMachine = new Set<string>();
  const noteMachine = ({ refundId, origin, state }: RefundItem) => {
    const isAsked = state !== 'REFUSED' && state !== 'FAILED';
    if (origin === 'MACHINE' && isAsked) byMachine.add(refundId);
  };
  const trigger = { producer: 'refunds', causationId: runId };

  const drive = async ({ refundId, transactionId }: RefundItem) => {
    if (deps.now() >= endsAt) return;
    try {
      const work = driveRefund(deps, refundId, { trigger, when: 'due' });
      await withTimeout(work, timeLimitMs(REFUND_TIMEOUT_MS), (): never => {
        throw new Error(`not done within ${REFUND_TIMEOUT_MS} ms`);
      });
    } catch (error) {
      counts.errors += 1;
      deps.log.warn('refund not looked at', {
        transactionId,
        refundId,
        reason: describeError(error),
      });
    }
  };

  const noteUnreadable = (refundId: string) => {
    counts.errors += 1;
    deps.log.error('refund cannot be read', { refundId });
  };
  for await (const page of deps.listOpen(noteUnreadable)) {
    counts.open += page.length;
    page.forEach(noteMachine);
    counts.standingStill += page.filter((each) => standsStill(each, now)).length;
    for (const refund of page.filter(
      ({ nextCheckAt }) => (nextCheckAt ?? '') <= now.toISOString(),
    )) {
      counts.due += 1;
      await queue.onSizeLessThan(CONCURRENCY);
      void queue.add(() => drive(refund));
    }
  }
  await queue.onIdle();
  deps.metrics.count('RefundsOpen', counts.open);
  deps.metrics.count('RefundsStandingStill', counts.standingStill);
  deps.metrics.count('RefundedTodayInRupees', await sumOfDay(deps, now, noteMachine));
  const duplicates = await refundDuplicates(deps, deps.duplicates, {
    ...{ trigger, endsAt },
    asked: byMachine,
  });
  counts.errors += duplicates.errors;
  deps.metrics.count('RefundSweepErrors', counts.errors);
  // The sign of life: an alarm is raised where it is missing.
  deps.metrics.count('RefundSweepFinished');
  return { outcome: 'done', due: counts.due, errors: counts.errors };
}

/** Whether nothing moves it on: PENDING and CONFIRMED may last for days, every other state is over within minutes. */
function standsStill({ state, createdAt, submittedAt, updatedAt }: RefundItem, now: Date): boolean {
  if (state === 'REFUSED' || state === 'PENDING' || state === 'CONFIRMED') return false;
  const since = isOver(state) ? updatedAt : (submittedAt ?? createdAt);
  return now >= addMs(new Date(since), STANDS_STILL_MS);
}

async function sumOfDay(
  { listPaidBack }: SweepDependencies,
  now: Date,
  note: (refund: RefundItem) => void,
): Promise<number> {
  let sum = 0;
  for await (const page of listPaidBack(now)) {
    page.forEach(note);
    for (const { amountInPaisa = 0 } of page) sum += amountInPaisa;
  }
  return Math.round(sum / 100);
}
