import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/checks.ts';
import { mutants } from './mutants.ts';
import { type LoadedStage, loadStage } from './support/load-stages.ts';

let production: LoadedStage;
beforeAll(async () => {
  production = await loadStage('production');
});

describe.each(Object.entries(checks))('the check that a stage %s', (promise, check) => {
  const own = Object.entries(mutants[promise] ?? {});

  it('has mistakes to find', () => expect(own).not.toEqual([]));

  it.each(own)('finds that %s', (_mistake, damage) => {
    expect(check(damage(production.graph), production.stage)).not.toEqual([]);
  });
});

it('tries no mistake on a check that is not there', () => {
  expect(Object.keys(mutants).filter((promise) => !(promise in checks))).toEqual([]);
});
