import type { AttentionReason, AttentionResolution } from '@cloudnestle/contracts/items/attention';
import {
  attentionAttributes,
  endAttention,
  needsAttention,
  readResolution,
} from '@cloudnestle/payments/attention/attention';
import type { Clock } from '@cloudnestle/payments/clock';
import { buildChange, type ItemChange, type MergeResult } from '@cloudnestle/runtime/merge-item';
import { indexShardCount } from '@cloudnestle/topology/tables';

export interface ResolveDependencies {
  now: Clock;
  mergeTransaction(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
}

/** Whose word it is, about which reason. */
export interface OperatorsWord {
  reason: AttentionReason;
  /** The operator's name or id. */
  by: string;
  /** For operators who look at the order later; no personal data. */
  why: string;
  /** The row's attentionVersion that the operator looked at; undefined: whatever stands is meant. */
  seen?: number | undefined;
}

export type ResolveResult =
  | { kind: 'unknownOrder' }
  /** The reason does not stand, and no operator ever ended it. */
  | { kind: 'notStanding' }
  /** Something came that the operator has not seen. Nothing was changed. */
  | { kind: 'changed'; version: number }
  /** The reason stands no more. `resolution`: the last operator's word, which may be an earlier one than this. */
  | { kind: 'resolved'; resolution: AttentionResolution; isOurs: boolean };

/**
 * Ends one reason for which an order needs an operator, by an operator's word, and leaves the word on the row. What was
 * known until now does not bring the reason back, however late or often it is told again; a new fact does. A repeat after
 * a lost answer finds its own word and says `resolved`. Throws `RetryLaterError` where the row keeps changing.
 */
export async function resolveAttention(
  deps: ResolveDependencies,
  transactionId: string,
  { reason, by, why, seen }: OperatorsWord,
): Promise<ResolveResult> {
  const at = deps.now().toISOString();
  const result = await deps.mergeTransaction(transactionId, (row) => {
    if (!needsAttention(row, reason) || isUnseen(row, seen)) return undefined;
    return buildChange(row, {
      attributes: {
        ...endAttention(row, reason, {
          shardCount: indexShardCount,
          resolution: { at, by, why },
        }),
      },
      stamps: { updatedAt: at },
      basedOn: attentionAttributes,
    });
  });
  if (result.kind === 'missing') return { kind: 'unknownOrder' };
  if (needsAttention(result.item, reason) && isUnseen(result.item, seen)) {
    return { kind: 'changed', version: versionOf(result.item) };
  }
  const resolution = readResolution(result.item, reason);
  if (resolution === undefined) return { kind: 'notStanding' };
  const isOurs = resolution.at === at && resolution.by === by && resolution.why === why;
  return { kind: 'resolved', resolution, isOurs };
}

function isUnseen(row: Readonly<Record<string, unknown>>, seen: number | undefined): boolean {
  return seen !== undefined && versionOf(row) !== seen;
}

function versionOf({ attentionVersion }: Readonly<Record<string, unknown>>): number {
  return typeof attentionVersion === 'number' ? attentionVersion : 0;
}
