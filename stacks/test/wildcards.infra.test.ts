import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { listGrants } from './checks/permissions.ts';
import { readResources, readRoles, statementsSchema, types } from './checks/read.ts';
import { allowedWildcards } from './checks/wildcards.ts';
import { type LoadedStage, loadStage } from './testing/load-stages.ts';

let production: LoadedStage;
beforeAll(async () => {
  production = await loadStage('production');
});

it('has just these wildcards: each is needed, and there is a reason for it', () => {
  const { graph } = production;
  const policies = [
    ...readRoles(graph).flatMap(({ inputs }) => inputs.inlinePolicies),
    ...readResources(graph, types.policy, z.object({ policy: statementsSchema })).map(
      ({ inputs }) => inputs,
    ),
  ];
  const grants = policies.flatMap(({ policy }) => listGrants(policy));
  const actions = grants
    .filter((grant) => grant.includes('*'))
    .map((grant) => grant.split(' on ')[0]);
  expect([...new Set(actions)].toSorted()).toEqual([
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
