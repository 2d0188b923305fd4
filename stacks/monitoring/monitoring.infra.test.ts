import { beforeAll, describe, expect, it } from 'vitest';
import {
  LOAD_TIMEOUT_MS,
  type LoadedStage,
  loadExistingStage,
  loadStage,
} from '../test/support/load-stages.ts';
import { monitoringChecks } from './checks.ts';
import { monitoringMutants } from './mutants.ts';

describe.each([
  ['production', () => loadStage('production')],
  ['a personal stage', () => loadStage('asha')],
  ['production on the tables of an earlier system', loadExistingStage],
])('%s', (_what, load) => {
  let loaded: LoadedStage;
  beforeAll(async () => {
    loaded = await load();
  }, LOAD_TIMEOUT_MS);

  it.each(Object.entries(monitoringChecks))('%s', (_promise, check) => {
    expect(check(loaded.graph, loaded.stage)).toEqual([]);
  });
});

describe.each(Object.entries(monitoringChecks))('the check that a stage %s', (promise, check) => {
  let production: LoadedStage;
  beforeAll(async () => {
    production = await loadStage('production');
  }, LOAD_TIMEOUT_MS);
  const own = Object.entries(monitoringMutants[promise] ?? {});

  it('has mistakes to find', () => expect(own).not.toEqual([]));

  it.each(own)('finds that %s', (_mistake, damage) => {
    expect(check(damage(production.graph), production.stage)).not.toEqual([]);
  });
});
