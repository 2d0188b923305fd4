import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import {
  type AttentionAttributes,
  attentionOf,
  endAttention,
  type FactForAttention,
  raiseAttention,
  type StoredRow,
} from '@cloudnestle/payments/attention/attention';
import { indexShardCount } from '@cloudnestle/topology/tables';

/** One thing that a fact does to what an order needs an operator for. */
export type Step = (row: StoredRow) => AttentionAttributes;

/** A fact that needs an operator. */
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

/** A tier's name that was written into a row by hand may be of any length. */
const LONGEST_NAME = 64;

/**
 * What the tiers of a paid order's buyer ask of an operator: each one that the catalogue does not know is a fact of its
 * own, so that an operator's word on one is not asked for again. One that is known by now, or held no more, needs no
 * operator.
 */
export function tierSteps(unknownTiers: readonly string[], now: Date): Step[] {
  const facts = unknownTiers.map((tier) => {
    const name = tier.slice(0, LONGEST_NAME);
    return { id: `tier ${name}`, detail: `the buyer holds the tier "${name}", and kept it` };
  });
  const ids = facts.map(({ id }) => id);
  return [
    end('UNKNOWN_TIER', ({ id }) => !ids.includes(id)),
    ...facts.map((fact) => raise({ reason: 'UNKNOWN_TIER', at: now.toISOString(), ...fact })),
  ];
}
