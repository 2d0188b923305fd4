import { end, raise, type Step } from './steps.ts';

/** A name that somebody wrote into a row by hand may be of any length. */
const LONGEST_NAME = 64;

/**
 * What the tiers of a paid order's buyer ask of a person: each one that the catalogue does not know is a fact of its own,
 * so that an operator's word on one is not asked for again. One that is known by now, or held no more, needs nobody.
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
