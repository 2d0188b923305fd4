import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from './checks/checks.ts';
import { mutants } from './mutants/mutants.ts';
import { consoleMutants, siteMutants } from './mutants/sites.ts';
import {
  type LoadedStage,
  loadConsoleStage,
  loadExistingStage,
  loadStage,
} from './testing/load-stages.ts';

let production: LoadedStage;
/** The stage with a storefront and a console of its own. */
let selling: LoadedStage;
/** The one with a console and a user pool of its own. */
let operated: LoadedStage;
beforeAll(async () => {
  [production, selling, operated] = await Promise.all([
    loadStage('production'),
    loadExistingStage(),
    loadConsoleStage(),
  ]);
});

function stageFor(promise: string): LoadedStage {
  if (promise in siteMutants) return selling;
  return promise in consoleMutants ? operated : production;
}

describe.each(Object.entries(checks))('the check that a stage %s', (promise, check) => {
  const own = Object.entries(mutants[promise] ?? {});

  it('has mistakes to find', () => expect(own).not.toEqual([]));

  it.each(own)('finds that %s', (_mistake, damage) => {
    const { graph, stage } = stageFor(promise);
    expect(check(damage(graph), stage)).not.toEqual([]);
  });
});

it('tries no mistake on a check that is not there', () => {
  expect(Object.keys(mutants).filter((promise) => !(promise in checks))).toEqual([]);
});
