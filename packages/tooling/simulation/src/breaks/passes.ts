import type { Break } from './apply-break.ts';

/** Faults in what ends and in what goes on: simulated where passes are sold. */
export const passBreaks: readonly Break[] = [
  {
    name: 'searchesPastTheEnd',
    what: 'a token gives a tier a minute longer than it was paid for',
    place: 'services/entitlements',
    passes: true,
    find: 'const held = findBest(deps.catalogue.tiers, records, now);',
    replace:
      'const held = findBest(deps.catalogue.tiers, records, new Date(now.getTime() - 60_000));',
  },
  {
    name: 'searchesEndEarly',
    what: 'a token gives a tier a minute shorter than it was paid for',
    place: 'services/entitlements',
    passes: true,
    find: 'const held = findBest(deps.catalogue.tiers, records, now);',
    replace:
      'const held = findBest(deps.catalogue.tiers, records, new Date(now.getTime() + 60_000));',
  },
  {
    name: 'endUntold',
    what: 'a pass that was seen is looked at no more, so its end is never told',
    place: 'packages/core/operations',
    passes: true,
    find: 'if (isPass) return watchPass(deps, check, { items, unknownTiers });',
    replace: '',
  },
  {
    name: 'leftAddressForgotten',
    what: 'the record of an address that the buyer has left keeps the tier while a later pass runs',
    place: 'packages/core/operations',
    passes: true,
    find: 'if (endedAt !== undefined && !isTakenAway(items, moment)) {',
    replace: "if (endedAt === '' && !isTakenAway(items, moment)) {",
  },
  {
    name: 'endStillToCome',
    what: 'an end that was noted while it was still to come counts as seen',
    place: 'packages/core/operations',
    passes: true,
    find: 'if (isEndSeen(items, order.row.transactionId) && isTakenAway(items, moment)) {',
    replace: 'if (isEndSeen(items, order.row.transactionId)) {',
  },
  {
    name: 'passesDoNotStack',
    what: 'a pass that is bought again replaces the one that runs',
    place: 'packages/core/runtime',
    passes: true,
    find: 'const grants = { ...before, ...Object.fromEntries(changed) };',
    replace: 'const grants: Grants = { ...Object.fromEntries(changed) };',
  },
  {
    name: 'restoredInVain',
    what: 'access that an operator gave back stays away',
    place: 'packages/core/payments',
    passes: true,
    find: '(end) => end !== undefined && (restoredAt === undefined || end > restoredAt),',
    replace: '(end) => end !== undefined,',
  },
];
