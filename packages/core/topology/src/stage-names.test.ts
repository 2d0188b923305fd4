import { expect, it } from 'vitest';
import { functions } from './functions.ts';
import { buildStageNames, PRODUCTION } from './stage-names.ts';
import { defaultTableNames } from './tables.ts';
import { topology } from './topology.ts';

/** AWS takes no longer name for a function, a role, a rule or a schedule. */
const LONGEST_NAME = 64;
/** The longest stage name that the stacks take. */
const stage = 'a'.repeat(12);

it('calls things on production as the topology does', () => {
  const names = buildStageNames(PRODUCTION);
  expect(names.tables).toEqual(defaultTableNames);
  expect(names.secrets).toEqual(topology.secrets);
  expect(names.environmentSecret).toBe(topology.environmentSecret);
  expect(names.bus).toBe(topology.bus.name);
  expect(names.functionNameOf('paymentStatus')).toBe('marketplace-payments-payment-status');
});

it('keeps another stage’s names apart, in letters that AWS takes', () => {
  const names = buildStageNames('asha');
  expect(names.tables.users).toBe('asha-marketplace-users');
  expect(names.environmentSecret).toBe('asha/marketplace/payments/environment');
  expect(names.functionNameOf('tiers')).toBe('asha-marketplace-payments-tiers');
});

it('stays within AWS’s longest names on the longest stage name', () => {
  const { nameOf, functionNameOf } = buildStageNames(stage);
  const all = [
    ...functions.map(({ name }) => functionNameOf(name)),
    ...topology.subscriptions.flatMap((each) => [nameOf(each.queue), nameOf(each.deadLetterQueue)]),
    ...topology.schedules.map(({ name }) => nameOf(name)),
    nameOf(topology.deliveryDeadLetterQueue),
  ];
  for (const name of all) expect(name.length, name).toBeLessThanOrEqual(LONGEST_NAME);
});
