import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

const { notifications, checkouts } = defaultTableNames;

/** A claim whose answer was lost is known as its claimant's when the SDK repeats it. */
export function claimsKnowTheirClaimant({ watch }: Simulation): Invariant {
  const invariant: Invariant = {
    name: 'claimsKnowTheirClaimant',
    rule: "every claim is its claimant's: nobody loses one to a repeat of its own call (rule 9)",
    lostToItself: (caller, operation, input) => {
      const text = JSON.stringify(input);
      const isClaim =
        (text.includes(notifications) && /"state":"sending"|welcome#/.test(text)) ||
        (text.includes(checkouts) && text.includes('SET merchantOrderId'));
      const key = /(txn_)?MP-[\w-]+/.exec(text)?.[0] ?? text.slice(0, 80);
      if (isClaim)
        watch.report(invariant, key.replace(/^txn_/, ''), `${caller}: ${operation} lost to itself`);
    },
  };
  return invariant;
}
