import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ScheduledJob } from '@cloudnestle/runtime/schedule-handler';
import { type DocumentDependencies, settleAndTell } from '../subscriber/issue-documents.ts';

export interface DocumentSweepDependencies extends DocumentDependencies {
  platform: Pick<Platform, 'log' | 'metrics' | 'now'>;
  /** Documents that are thought of and not issued, the oldest first, of those since `before` (ISO). */
  listOpen(before: string): Promise<readonly { transactionId: string; openSince: string }[]>;
}

/** A delivery has done its work by then, or comes again by itself. */
const LEAVE_TO_DELIVERIES_MS = 10 * 60_000;
const OVERDUE_MS = 60 * 60_000;
/** One run tries so many; the next one is five minutes away. */
const AT_MOST = 50;

/**
 * Finishes documents that a dead letter or a death has left half-way, and counts what is overdue: a document that is thought of
 * for longer than an hour. Deliveries do the work; this is the net under them.
 */
export async function runDocumentSweep(
  deps: DocumentSweepDependencies,
  { runId, timeoutMs }: Parameters<ScheduledJob['run']>[0],
): ReturnType<ScheduledJob['run']> {
  const { platform } = deps;
  const startedMs = platform.now().getTime();
  const open = await deps.listOpen(new Date(startedMs - LEAVE_TO_DELIVERIES_MS).toISOString());
  const orders = [...new Set(open.map(({ transactionId }) => transactionId))].slice(0, AT_MOST);
  let repaired = 0;
  let errors = 0;
  for (const transactionId of orders) {
    if (platform.now().getTime() - startedMs > timeoutMs / 2) break;
    try {
      await settleAndTell(deps, transactionId, {
        trigger: { producer: 'invoices', causationId: runId },
        mayBeRepeat: true,
      });
      repaired += 1;
    } catch (error) {
      errors += 1;
      platform.log.warn('document not settled', { transactionId, reason: describeError(error) });
    }
  }
  const left = await deps.listOpen(new Date(startedMs - OVERDUE_MS).toISOString());
  platform.metrics.count('DocumentsOverdue', left.length);
  platform.metrics.count('DocumentSweepErrors', errors);
  return { outcome: 'finished', due: open.length, repaired, errors };
}
