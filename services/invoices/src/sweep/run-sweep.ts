import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ScheduledJob } from '@cloudnestle/runtime/schedule-handler';
import type { DocumentKey } from '../documents/document-store.ts';
import { type DocumentDependencies, settleAndTell } from '../subscriber/issue-documents.ts';

export interface DocumentSweepDependencies extends DocumentDependencies {
  platform: Pick<Platform, 'log' | 'metrics' | 'now'>;
  /** Documents that are thought of and not issued, of those since `before` (ISO), as the index has them: a moment behind. */
  listOpen(before: string): Promise<readonly OpenDocument[]>;
}

interface OpenDocument extends DocumentKey {
  transactionId: string;
  openSince: string;
  /** When a run last tried to finish it. */
  triedAt?: string | undefined;
}

/** A delivery has done its work by then, or comes again by itself. */
const LEAVE_TO_DELIVERIES_MS = 10 * 60_000;
/** No delivery of the same event comes again after that. */
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
  const overdueBefore = new Date(startedMs - OVERDUE_MS).toISOString();
  let repaired = 0;
  let errors = 0;
  for (const documents of takeTurns(open).slice(0, AT_MOST)) {
    const { transactionId } = documents[0];
    const isOverdue = documents.some(({ openSince }) => openSince <= overdueBefore);
    if (platform.now().getTime() - startedMs > timeoutMs / 2) break;
    try {
      await noteTries(deps, documents);
      await settleAndTell(deps, transactionId, {
        trigger: { producer: 'invoices', causationId: runId },
        mayBeRepeat: true,
        payment: isOverdue ? 'overdue' : 'told',
      });
      repaired += 1;
    } catch (error) {
      errors += 1;
      platform.log.warn('document not settled', { transactionId, reason: describeError(error) });
    }
  }
  const left = await deps.listOpen(overdueBefore);
  platform.metrics.count('DocumentsOverdue', left.length);
  platform.metrics.count('DocumentSweepErrors', errors);
  return { outcome: 'finished', due: open.length, repaired, errors };
}

/**
 * The open documents by order, the one first that has waited longest for its turn: since it was last tried, or else since it was
 * thought of. So orders that no run can finish take no other's turn, however many they are.
 */
function takeTurns(open: readonly OpenDocument[]): readonly [OpenDocument, ...OpenDocument[]][] {
  const waitsSince = ({ triedAt, openSince }: OpenDocument) => triedAt ?? openSince;
  const byOrder = new Map<string, [OpenDocument, ...OpenDocument[]]>();
  for (const document of open.toSorted((a, b) => (waitsSince(a) < waitsSince(b) ? -1 : 1))) {
    const others = byOrder.get(document.transactionId);
    if (others) others.push(document);
    else byOrder.set(document.transactionId, [document]);
  }
  return [...byOrder.values()];
}

/** Before it is tried: an order at which a run dies must not be the first one of the next run again. */
async function noteTries(
  { store, platform }: DocumentSweepDependencies,
  documents: readonly OpenDocument[],
): Promise<void> {
  for (const { pk, sk } of documents) await store.noteTry({ pk, sk }, platform.now());
}
