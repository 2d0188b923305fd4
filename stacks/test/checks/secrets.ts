import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import * as z from 'zod';
import { buildFacts } from '../../environment.ts';
import { type Check, findDifferences, json, readResources, types } from './read.ts';

const secretSchema = z.object({ name: z.string(), recoveryWindowInDays: z.number() });
const versionSchema = z.object({
  secretId: z.string(),
  secretString: z.object({ secret: json(environmentSecretSchema) }),
});

/**
 * The secrets are there, empty but for the one with names and addresses, which the command line can read. On production a
 * deleted one can be had back.
 */
export const checkSecrets: Check = (graph, stage) => {
  const { names, config, isProduction } = stage;
  const found = readResources(graph, types.secret, secretSchema);
  const versions = readResources(graph, types.secretVersion, versionSchema);
  const facts = buildFacts(stage, []);
  const created = Object.entries(names.secrets).flatMap(([key, name]) =>
    Object.keys(config.existingSecrets).includes(key) ? [] : [name],
  );
  return [
    ...findDifferences('the stage', {
      found: found.map(({ inputs }) => `the secret ${inputs.name}`),
      wanted: [...created, names.environmentSecret].map((name) => `the secret ${name}`),
    }),
    ...findDifferences('the stage', {
      found: versions.map(({ inputs }) => inputs.secretId.replace(/^.*:secret:(.*)-.{6}$/, '$1')),
      wanted: [names.environmentSecret],
    }),
    ...found
      .filter(({ inputs }) => created.includes(inputs.name))
      .filter(({ resource, inputs }) =>
        isProduction
          ? !resource.isRetained || inputs.recoveryWindowInDays < 7
          : resource.isRetained || inputs.recoveryWindowInDays > 0,
      )
      .map(
        ({ inputs }) => `${inputs.name} is ${isProduction ? 'lost with' : 'left after'} its stage`,
      ),
    ...versions.flatMap(({ inputs }) => {
      const { stage: name, tables, indexes, secrets } = inputs.secretString.secret;
      return findDifferences('the environment secret', {
        found: [name, ...[tables, indexes, secrets].flatMap((each) => Object.values(each))],
        wanted: [
          stage.name,
          ...[facts.tableNames, facts.indexNames, facts.secretNames].flatMap((each) =>
            Object.values(each),
          ),
        ],
      });
    }),
  ];
};

/** Nothing in the graph is a secret's value: neither marked as one, nor under a name that speaks of one. */
export const checkNoSecretValue: Check = (graph) =>
  graph.resources.flatMap(({ type, name, inputs }) =>
    type === types.secretVersion ? [] : findSecretValues(inputs, `${name}`),
  );

const speaksOfSecret = /(client_?secret|password|salt|hmac|api_?key|private_?key|token_?secret)/i;
/** Names and lists of names, and settings that turn secrets off. */
const isHarmless = /(_ID|_IDS|Policy|Config|generateSecret)$/;

function findSecretValues(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => findSecretValues(each, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const here = `${path}.${key}`;
    if (key === 'secret') return [`${path} is a secret's value`];
    if (typeof each === 'string' && speaksOfSecret.test(key) && !isHarmless.test(key)) {
      return [`${here} looks like a secret's value`];
    }
    return findSecretValues(each, here);
  });
}
