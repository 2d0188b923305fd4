import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import {
  type AttentionAttributes,
  attentionOf,
  endAttention,
  type FactForAttention,
  raiseAttention,
  type StoredRow,
} from '@cloudnestle/payments/attention/attention';
import { indexShardCount } from '@cloudnestle/topology/shards';

/** One thing that a fact does to what an order needs a person for. */
export type Step = (row: StoredRow) => AttentionAttributes;

/** A fact that needs a person. */
export function raise(fact: FactForAttention): Step {
  return (row) => raiseAttention(row, fact, { shardCount: indexShardCount });
}

/** Facts that no longer bear a reason out: all of them, or those that `only` accepts. */
export function end(
  reason: AttentionReason,
  only?: (fact: { id: string; at: string }) => boolean,
): Step {
  const options = { shardCount: indexShardCount, ...(only ? { only } : {}) };
  return (row) => endAttention(row, reason, options);
}

/** The row's attributes after one step after the other, to be written with the facts themselves. */
export function takeSteps(row: StoredRow, steps: readonly Step[]): AttentionAttributes {
  let after = row;
  for (const step of steps) after = { ...after, ...step(after) };
  return attentionOf(after);
}
