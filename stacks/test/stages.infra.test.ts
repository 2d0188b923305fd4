import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checks } from './checks/checks.ts';
import { listGrants } from './checks/permissions.ts';
import { readResources, readRoles, statementsSchema, types } from './checks/read.ts';
import { allowedWildcards } from './checks/wildcards.ts';
import {
  type LoadedStage,
  loadConsoleStage,
  loadExistingStage,
  loadStage,
} from './testing/load-stages.ts';

describe.each([
  ['production', () => loadStage('production')],
  ['a personal stage', () => loadStage('asha')],
  ['production on the tables of an earlier system', loadExistingStage],
  ['production with a console', loadConsoleStage],
])('%s', (_what, load) => {
  let loaded: LoadedStage;
  beforeAll(async () => {
    loaded = await load();
  });

  it.each(Object.entries(checks))('%s', (_promise, check) => {
    expect(check(loaded.graph, loaded.stage)).toEqual([]);
  });
});

it('has just these wildcards on production: each is needed, and there is a reason for it', async () => {
  const { graph } = await loadStage('production');
  const policies = [
    ...readRoles(graph).flatMap(({ inputs }) => inputs.inlinePolicies),
    ...readResources(graph, types.policy, z.object({ policy: statementsSchema })).map(
      ({ inputs }) => inputs,
    ),
  ];
  const grants = policies.flatMap(({ policy }) => listGrants(policy));
  const actions = grants
    // A pattern of keys (` of walk#*`) narrows what is granted.
    .filter((grant) => grant.replace(/ of .*/, '').includes('*'))
    .map((grant) => grant.split(' on ')[0]);
  expect([...new Set(actions)].toSorted()).toEqual([
    'cloudwatch:DescribeAlarms',
    'events:ListRules',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'ses:GetAccount',
  ]);
  expect(allowedWildcards.flatMap((each) => [...each.actions]).toSorted()).toEqual(
    [...new Set(actions)].toSorted(),
  );
  for (const { reason } of allowedWildcards) expect(reason.length).toBeGreaterThan(30);
});
