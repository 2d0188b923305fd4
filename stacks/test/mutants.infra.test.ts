import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from './checks/checks.ts';
import { mutants } from './mutants/mutants.ts';
import { storefrontMutants } from './mutants/storefront.ts';
import { type LoadedStage, loadExistingStage, loadStage } from './testing/load-stages.ts';

let production: LoadedStage;
/** The stage with a storefront of its own. */
let selling: LoadedStage;
beforeAll(async () => {
  [production, selling] = await Promise.all([loadStage('production'), loadExistingStage()]);
});

describe.each(Object.entries(checks))('the check that a stage %s', (promise, check) => {
  const own = Object.entries(mutants[promise] ?? {});

  it('has mistakes to find', () => expect(own).not.toEqual([]));

  it.each(own)('finds that %s', (_mistake, damage) => {
    const { graph, stage } = promise in storefrontMutants ? selling : production;
    expect(check(damage(graph), stage)).not.toEqual([]);
  });
});

it('tries no mistake on a check that is not there', () => {
  expect(Object.keys(mutants).filter((promise) => !(promise in checks))).toEqual([]);
});
