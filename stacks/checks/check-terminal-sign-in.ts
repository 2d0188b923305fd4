import { environmentSecretSchema } from '@cloudnestle/contracts/secrets/environment';
import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import * as z from 'zod';
import type { Check } from './check.ts';
import { hasTerminal, nameAdminPool } from './read/admin-pool.ts';
import { json, readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';
import { findDifferences } from './same.ts';

const clientSchema = z.object({
  name: z.string(),
  generateSecret: z.boolean().optional(),
  explicitAuthFlows: z.array(z.string()),
  preventUserExistenceErrors: z.string().optional(),
});
const authorizerSchema = z.object({
  jwtConfiguration: z.object({ audiences: z.array(z.string()) }),
});
const versionSchema = z.object({
  secretString: z.object({ secret: json(environmentSecretSchema) }),
});

/**
 * The command line is told of an app client that allows the very flow by which `payments token` signs in, and whose tokens
 * the API takes. No client lets passwords be tried by who has no AWS rights.
 */
export const checkTerminalSignIn: Check = (graph, stage) => {
  const clients = readResources(graph, types.userPoolClient, clientSchema).map(
    ({ inputs }) => inputs,
  );
  const [version] = readResources(graph, types.secretVersion, versionSchema);
  const [authorizer] = readResources(graph, types.authorizer, authorizerSchema);
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
      .map(() => `${name} lets anybody on the internet try passwords`),
    ...(preventUserExistenceErrors === 'ENABLED'
      ? []
      : [`${name} tells strangers who is an admin`]),
  ];
}
