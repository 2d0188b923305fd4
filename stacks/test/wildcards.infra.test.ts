import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { allowedWildcards } from '../checks/allowed-wildcards.ts';
import { listGrants } from '../checks/list-grants.ts';
import { readResources } from '../checks/read/read-resources.ts';
import { readRoles } from '../checks/read/read-roles.ts';
import { statementsSchema } from '../checks/read/read-statements.ts';
import { types } from '../checks/read/types.ts';
import { type LoadedStage, loadStage } from './support/load-stages.ts';

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
