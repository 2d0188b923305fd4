import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import * as z from 'zod';
import type { Stage } from '../../config/read-stage.ts';
import { type Check, findDifferences, json, readResources, types } from './read.ts';

const authorizerSchema = z.object({
  authorizerType: z.string(),
  identitySources: z.array(z.string()),
  jwtConfiguration: z.object({ issuer: z.string(), audiences: z.array(z.string()) }),
});
const poolSchema = z.object({
  name: z.string(),
  adminCreateUserConfig: z.object({ allowAdminCreateUserOnly: z.boolean() }),
  deletionProtection: z.string().optional(),
});

const groupSchema = z.object({ name: z.string() });

/**
 * Admins’ tokens are those of one user pool and its own clients, and only an administrator creates users in it. The pool
 * has the groups whose members the routes let in.
 */
export const checkAuthorizer: Check = (graph, stage) => {
  const [authorizer, ...more] = readResources(graph, types.authorizer, authorizerSchema);
  if (!authorizer || more.length > 0) return ['the API has not one authorizer'];
  const { authorizerType, identitySources, jwtConfiguration } = authorizer.inputs;
  const pools = readResources(graph, types.userPool, poolSchema);
  const poolId = nameAdminPool(stage);
  const issuer = `https://cognito-idp.${graph.app.region}.amazonaws.com/${poolId}`;
  return [
    ...(authorizerType === 'JWT' ? [] : [`the authorizer is of type ${authorizerType}`]),
    ...(identitySources.join() === '$request.header.Authorization'
      ? []
      : [`tokens are taken from ${identitySources.join()}`]),
    ...(jwtConfiguration.issuer === issuer
      ? []
      : [`tokens of ${jwtConfiguration.issuer} are taken, not of ${issuer}`]),
    ...(stage.config.admins.pool.kind === 'existing'
      ? []
      : findDifferences('the pool of admins', {
          found: readResources(graph, types.userGroup, groupSchema).map(
            ({ inputs }) => inputs.name,
          ),
          wanted: [stage.config.admins].flatMap((each) => [
            each.group,
            each.repairGroup,
            each.lookGroup,
          ]),
        })),
    ...(jwtConfiguration.audiences.length > 0 ? [] : ['tokens for any client are taken']),
    ...pools.flatMap(({ inputs, resource }) => [
      ...(inputs.adminCreateUserConfig.allowAdminCreateUserOnly
        ? []
        : ['a stranger may sign up as an admin']),
      ...((inputs.deletionProtection === 'ACTIVE' && resource.isRetained) || !stage.isProduction
        ? []
        : ['the pool of admins can be deleted']),
    ]),
  ];
};

const clientSchema = z.object({
  name: z.string(),
  generateSecret: z.boolean().optional(),
  explicitAuthFlows: z.array(z.string()),
  preventUserExistenceErrors: z.string().optional(),
});
const audiencesSchema = z.object({
  jwtConfiguration: z.object({ audiences: z.array(z.string()) }),
});
const versionSchema = z.object({
  secretString: z.object({ secret: json(environmentSecretSchema) }),
});

/**
 * The command line is told of an app client that allows the very flow by which `payments token` signs in, and whose tokens
 * the API takes. No client lets a caller without AWS rights try passwords.
 */
export const checkTerminalSignIn: Check = (graph, stage) => {
  const clients = readResources(graph, types.userPoolClient, clientSchema).map(
    ({ inputs }) => inputs,
  );
  const [version] = readResources(graph, types.secretVersion, versionSchema);
  const [authorizer] = readResources(graph, types.authorizer, audiencesSchema);
  const terminal = version?.inputs.secretString.secret.admins.terminal;
  return [
    ...(Boolean(terminal) === hasTerminal(stage)
      ? []
      : ['the command line is told wrongly whether a terminal can sign in']),
    ...(terminal === undefined || terminal.userPoolId === nameAdminPool(stage)
      ? []
      : [`a terminal signs in to the pool ${terminal.userPoolId}`]),
    ...(terminal === undefined ||
    authorizer?.inputs.jwtConfiguration.audiences.includes(terminal.clientId)
      ? []
      : ['the API refuses the tokens of terminals']),
    ...(stage.config.admins.pool.kind === 'existing'
      ? []
      : checkFlows(clients, terminal?.clientId)),
    ...clients.flatMap(checkSecrecy),
  ];
};

/** An existing pool's clients are none of the stack's: what they allow only AWS can say. */
function checkFlows(clients: readonly Client[], clientId: string | undefined): string[] {
  const client = clients.find(({ name }) => name === clientId);
  if (!client) return ['a terminal signs in with a client that the pool has not'];
  return [
    ...findDifferences("the terminals' client", {
      found: client.explicitAuthFlows,
      wanted: [terminalSignIn.explicitAuthFlow],
    }),
    ...(client.generateSecret ? ["the terminals' client has a secret to be sent"] : []),
  ];
}

type Client = z.infer<typeof clientSchema>;

function checkSecrecy(client: Client): string[] {
  const { name, explicitAuthFlows, preventUserExistenceErrors } = client;
  return [
    ...explicitAuthFlows
      .filter((flow) => /^(ALLOW_)?USER_PASSWORD_AUTH$/.test(flow))
      .map(() => `${name} lets strangers on the internet try passwords`),
    ...(preventUserExistenceErrors === 'ENABLED'
      ? []
      : [`${name} tells strangers who is an admin`]),
  ];
}

/** The id of the admins' user pool; one that the stage creates gets it from AWS, here it is made of its name. */
export function nameAdminPool({ config, names }: Stage): string {
  const { pool } = config.admins;
  if (pool.kind === 'existing') return pool.userPoolId;
  return `${config.region}_${names.nameOf('marketplace-payments-admins')}`;
}

/** Whether an admin can sign in from a terminal: only an existing pool may be without a client for it. */
export function hasTerminal({ config }: Stage): boolean {
  const { pool } = config.admins;
  return pool.kind === 'created' || pool.terminalClientId !== undefined;
}
