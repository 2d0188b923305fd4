import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/checks.ts';
import { type LoadedStage, loadExistingStage, loadStage } from './support/load-stages.ts';

describe.each([
  ['production', () => loadStage('production')],
  ['a personal stage', () => loadStage('asha')],
  ['production on the tables of an earlier system', loadExistingStage],
])('%s', (_what, load) => {
  let loaded: LoadedStage;
  beforeAll(async () => {
    loaded = await load();
  });

  it.each(Object.entries(checks))('%s', (_promise, check) => {
    expect(check(loaded.graph, loaded.stage)).toEqual([]);
  });
});
