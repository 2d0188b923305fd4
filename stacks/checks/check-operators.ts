import * as z from 'zod';
import type { Check } from './check.ts';
import { listGrants } from './list-grants.ts';
import { listLookingGrants, listRepairingGrants } from './operator-grants.ts';
import { readResources } from './read/read-resources.ts';
import { statementsSchema } from './read/read-statements.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

/** AWS takes no longer policy. */
const LONGEST_POLICY = 6144;

const policySchema = z.object({ name: z.string(), policy: z.string() });

/** People who look read and count, and never the gateway's credentials; people who repair do what the command calls. */
export const checkOperators: Check = (graph, stage) => {
  const found = readResources(graph, types.policy, policySchema).map(({ inputs }) => inputs);
  const nameOf = (does: string) => stage.names.nameOf(`marketplace-payments-operators-${does}`);
  const looking = listLookingGrants(stage);
  const wanted = [
    { name: nameOf('look'), grants: looking },
    { name: nameOf('repair'), grants: [...looking, ...listRepairingGrants(stage)] },
  ];
  return [
    ...findDifferences('the stage', {
      found: found.map(({ name }) => name),
      wanted: wanted.map(({ name }) => name),
    }),
    ...found
      .filter(({ policy }) => policy.length > LONGEST_POLICY)
      .map(({ name, policy }) => `${name} is ${policy.length} letters long, which AWS refuses`),
    ...wanted.flatMap(({ name, grants }) => {
      const policy = found.find((each) => each.name === name)?.policy ?? '{"Statement":[]}';
      return findDifferences(name, {
        found: listGrants(statementsSchema.parse(policy)),
        wanted: grants,
      });
    }),
  ];
};
