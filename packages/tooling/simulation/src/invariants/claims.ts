import { defaultTableNames } from '@cloudnestle/topology/tables';
import type { Item } from '../aws/dynamo.ts';
import type { Simulation } from '../parts/simulation.ts';
import type { Invariant } from '../parts/watch.ts';

const { notifications, checkouts } = defaultTableNames;
const claimId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** A claim whose answer was lost is known as its claimant's when the SDK repeats it. */
export function claimsKnowTheirClaimant({ watch }: Simulation): Invariant {
  /** The items as they are now: a claim that is in none of them was taken over meanwhile, and is lost to that caller. */
  const standing = new Set<Item>();
  const isTakenOver = (text: string) => {
    const ids = text.match(claimId) ?? [];
    const items = JSON.stringify([...standing]);
    return ids.length > 0 && !ids.some((id) => items.includes(id));
  };
  const invariant: Invariant = {
    name: 'claimsKnowTheirClaimant',
    changed: ({ table, before, after }) => {
      if (table !== notifications && table !== checkouts) return;
      if (before) standing.delete(before);
      if (after) standing.add(after);
    },
    rule: "every claim is its claimant's: no claimant loses one to a repeat of its own call (rule 9)",
    lostToItself: (caller, operation, input) => {
      const text = JSON.stringify(input);
      const isClaim =
        (text.includes(notifications) && /"state":"sending"|welcome#/.test(text)) ||
        (text.includes(checkouts) && text.includes('SET merchantOrderId'));
      const key = /(txn_)?MP-[\w-]+/.exec(text)?.[0] ?? text.slice(0, 80);
      if (isClaim && !isTakenOver(text))
        watch.report(invariant, key.replace(/^txn_/, ''), `${caller}: ${operation} lost to itself`);
    },
  };
  return invariant;
}
