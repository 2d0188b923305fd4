import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import {
  type Attention,
  isOutcomeDoubtful,
  needsAttention,
  readAttention,
} from '@cloudnestle/payments/attention/attention';
import type { Publish, Trigger } from '@cloudnestle/payments/build-events';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import { publishJudgement, type Settlement } from '@cloudnestle/payments/settle-order';
import { buildChange, type ItemChange, type MergeResult } from '@cloudnestle/runtime/merge-item';
import { countSettlement, type Metrics } from '@cloudnestle/runtime/metrics';
import { indexShardCount } from '@cloudnestle/topology/tables';
import { end, type Step, takeSteps, tierSteps } from '../attention/steps.ts';
import { isRevoked, laterOf, readRow } from '../row.ts';
import {
  type Examination,
  type ExamineDependencies,
  examineOrder,
  findDiscrepancies,
} from './examine-order.ts';

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
      /** Whether it needs an operator now; `CLEARED`: it did, and what was found ends that. */
      review: Review;
      /** What it needed an operator for, and does not any more by what was found. */
      ended: readonly AttentionReason[];
    } & Examination)
  /** The gateway cannot be asked, or the bus did not take what it said: nothing was repaired. */
  | ({ kind: 'unavailable'; reason: string; discrepancies: Discrepancy[] } & Examination);

type Review = 'NONE' | 'OPEN' | 'CLEARED';

/** An order that was looked at from all sides. */
export type Reconciled = Extract<Reconciliation, { kind: 'reconciled' }>;

type PublishedEvent = Extract<Settlement, { isPublished: boolean }>['event'];

interface ReconcileOptions {
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

/** What was found about an order just now. */
interface Found {
  judgement: Judgement;
  /** The buyer holds all that was paid for. */
  isGranted: boolean;
  /** Tiers that the buyer of a paid order holds and the catalogue does not know. */
  unknownTiers: readonly string[];
}

/**
 * A row after an order was looked at from all sides: what the gateway's answer and the buyer's holdings no longer bear
 * out needs no operator any more. The sweep takes the order back at its next run while an outcome, or what it is to
 * bring, has still to arrive. A failure of an order that is paid here ends nothing. Undefined where nothing changes.
 */
export function endWhatFits(
  item: Record<string, unknown>,
  { judgement, isGranted, unknownTiers }: Found,
  now: Date,
): ItemChange | undefined {
  const row = readRow(item);
  const isSettled = isGranted || isRevoked(item);
  const outcome = fittingOutcome(judgement, row.status === 'COMPLETED');
  const fittingAnswerAt = laterOf(row.fittingAnswerAt, outcome?.answeredAt);
  const isOutdated = ({ at }: { at: string }) =>
    fittingAnswerAt !== undefined && at <= fittingAnswerAt;
  const steps: Step[] = [
    ...(outcome ? [end('NO_OUTCOME'), end('MISMATCH', isOutdated)] : []),
    ...(isSettled ? [end('EFFECTS_MISSING')] : []),
    ...tierSteps(isRevoked(item) ? [] : unknownTiers, now),
  ];
  const isAwaited =
    !isSettled &&
    outcome !== undefined &&
    (isOutcomeDoubtful(item) || needsAttention(item, 'EFFECTS_MISSING'));
  const reopened = {
    openShard: openShardOf(row.transactionId, indexShardCount),
    nextCheckAt: now.toISOString(),
    effectsRepublished: undefined,
    outcomesPublished: undefined,
  };
  return buildChange(item, {
    attributes: {
      ...takeSteps(item, steps),
      ...(isAwaited ? reopened : {}),
      // Alone it is no reason to write; with a mismatch it outdates the one that is still on its way.
      ...(needsAttention(item, 'MISMATCH') ? { fittingAnswerAt } : {}),
    },
    stamps: { updatedAt: now.toISOString() },
    basedOn: ['status', 'accessRevokedAt'],
  });
}

/** When the gateway gave an outcome that does not contradict the row; undefined where it gave none. */
function fittingOutcome(
  judgement: Judgement,
  isPaidHere: boolean,
): { answeredAt: string | undefined } | undefined {
  if (judgement.kind !== 'completed' && judgement.kind !== 'failed') return undefined;
  if (judgement.kind === 'failed' && isPaidHere) return undefined;
  return { answeredAt: judgement.event.detail.data.answeredAt };
}
