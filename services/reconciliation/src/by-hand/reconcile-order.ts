import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { type Attention, readAttention } from '@cloudnestle/payments/attention/attention';
import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Publish } from '@cloudnestle/payments/publish';
import { publishJudgement, type Settlement } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/count-settlement';
import type { ItemChange, MergeResult } from '@cloudnestle/runtime/merge-item';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { endWhatFits } from './end-what-fits.ts';
import { type Examination, type ExamineDependencies, examineOrder } from './examine-order.ts';
import { findDiscrepancies } from './find-discrepancies.ts';

export interface ReconcileDependencies extends ExamineDependencies {
  publish: Publish;
  metrics: Metrics;
  /** The order's row as it stands now (consistent read). */
  findTransaction(transactionId: string): Promise<Record<string, unknown> | undefined>;
  mergeTransaction(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
}

/** Every way reconciling one order can end. */
export type Reconciliation =
  | { kind: 'unknownOrder' }
  | { kind: 'unreadableOrder'; reason: string }
  | ({
      kind: 'reconciled';
      discrepancies: Discrepancy[];
      /** What was put on the bus, if anything. */
      published: PublishedEvent | undefined;
      /** Whether it needs a person now; `CLEARED`: it did, and what was found ends that. */
      review: Review;
      /** What it needed a person for, and does not any more by what was found. */
      ended: readonly AttentionReason[];
    } & Examination)
  /** The gateway cannot be asked, or the bus did not take what it said: nothing was repaired. */
  | ({ kind: 'unavailable'; reason: string; discrepancies: Discrepancy[] } & Examination);

type Review = 'NONE' | 'OPEN' | 'CLEARED';

/** An order that was looked at from all sides. */
export type Reconciled = Extract<Reconciliation, { kind: 'reconciled' }>;

export type PublishedEvent = Extract<Settlement, { isPublished: boolean }>['event'];

export interface ReconcileOptions {
  trigger: Trigger;
  /** False: only look. */
  repair: boolean;
}

/**
 * Looks at one order and, with `repair`, brings the truth in: what the gateway says is published where it is new or where
 * its effects are missing, and what that no longer bears out needs no person any more.
 */
export async function reconcileOrder(
  deps: ReconcileDependencies,
  transactionId: string,
  { trigger, repair }: ReconcileOptions,
): Promise<Reconciliation> {
  const item = await deps.findTransaction(transactionId);
  if (!item) return { kind: 'unknownOrder' };
  const examination = await examineOrder(deps, item, trigger);
  if ('unreadable' in examination) {
    return { kind: 'unreadableOrder', reason: examination.unreadable };
  }
  const discrepancies = findDiscrepancies(examination);
  const found = { ...examination, discrepancies };
  if (examination.judgement.kind === 'gatewayUnavailable') {
    return { ...found, kind: 'unavailable', reason: examination.judgement.reason };
  }
  const before = readAttention(item);
  const untouched = { review: before.length === 0 ? 'NONE' : 'OPEN', ended: [] } as const;
  if (!repair) return { ...found, kind: 'reconciled', published: undefined, ...untouched };
  const settlement = await publishJudgement(deps, examination.order, examination.judgement, {
    republish: discrepancies.includes('ACCESS_MISSING'),
  });
  countSettlement(deps.metrics, settlement);
  if (settlement.kind === 'publishFailed' || settlement.kind === 'gatewayUnavailable') {
    return { ...found, kind: 'unavailable', reason: settlement.reason };
  }
  const published =
    'isPublished' in settlement && settlement.isPublished ? settlement.event : undefined;
  const attention = before.length > 0 ? await endAttention(deps, found, before) : untouched;
  return { ...found, kind: 'reconciled', published, ...attention };
}

async function endAttention(
  deps: Pick<ReconcileDependencies, 'mergeTransaction' | 'now'>,
  { order, judgement, holdings }: Examination,
  before: readonly Attention[],
): Promise<Pick<Reconciled, 'review' | 'ended'>> {
  const found = {
    judgement,
    isGranted: holdings?.isComplete === true,
    unknownTiers: holdings?.unknownTiers ?? [],
  };
  const result = await deps.mergeTransaction(order.row.transactionId, (row) =>
    endWhatFits(row, found, deps.now()),
  );
  if (result.kind === 'missing') return { review: 'OPEN', ended: [] };
  const left = readAttention(result.item).map(({ reason }) => reason);
  const ended = before.map(({ reason }) => reason).filter((each) => !left.includes(each));
  return { review: left.length === 0 ? 'CLEARED' : 'OPEN', ended };
}
