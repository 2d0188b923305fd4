import { isOutcomeDoubtful, needsAttention } from '@cloudnestle/payments/attention/attention';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import type { Judgement } from '@cloudnestle/payments/judge-order';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { indexShardCount } from '@cloudnestle/topology/shards';
import { end, type Step, takeSteps } from '../attention/steps.ts';
import { tierSteps } from '../attention/tier-steps.ts';
import { isRevoked } from '../subscriber/merge/is-revoked.ts';
import { laterOf } from '../subscriber/merge/outcome-steps.ts';
import { readRow } from '../subscriber/merge/read-row.ts';

/** What was found about an order just now. */
export interface Found {
  judgement: Judgement;
  /** The buyer holds all that was paid for. */
  isGranted: boolean;
  /** Tiers that the buyer of a paid order holds and the catalogue does not know. */
  unknownTiers: readonly string[];
}

/**
 * A row after an order was looked at from all sides: what the gateway's answer and the buyer's holdings no longer bear
 * out needs nobody any more. The sweep takes the order back at its next run while an outcome, or what it is to bring, has
 * still to arrive. A failure of an order that is paid here ends nothing. Undefined where nothing changes.
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
