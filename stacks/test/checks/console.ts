import * as z from 'zod';
import { listConsoleAddresses } from '../../admins.ts';
import type { Stage } from '../../config/read-stage.ts';
import { nameAdminPool } from './admins.ts';
import { type Check, findDifferences, readResources, types } from './read.ts';
import { readTold } from './sites.ts';

const clientSchema = z.object({
  name: z.string(),
  generateSecret: z.boolean().optional(),
  allowedOauthFlowsUserPoolClient: z.boolean().default(false),
  allowedOauthFlows: z.array(z.string()).default([]),
  callbackUrls: z.array(z.string()).default([]),
  logoutUrls: z.array(z.string()).default([]),
  refreshTokenRotation: z.object({ feature: z.string() }).optional(),
});
const domainSchema = z.object({ domain: z.string() });
const authorizerSchema = z.object({
  jwtConfiguration: z.object({ audiences: z.array(z.string()) }),
});
const toldSchema = z.object({
  stage: z.string(),
  signIn: z.object({
    issuer: z.string(),
    clientId: z.string(),
    authorizeUrl: z.string(),
    tokenUrl: z.string(),
    logoutUrl: z.string(),
  }),
});

/**
 * Where a stage has a console, operators sign in to it by a code that is worth nothing without the browser that asked for it: one
 * public client, which leads to the console's own addresses alone. No other client signs in through pages, and none by a token in
 * an address.
 */
export const checkConsoleSignIn: Check = (graph, stage) => {
  const clients = readResources(graph, types.userPoolClient, clientSchema).map(
    ({ inputs }) => inputs,
  );
  const domains = readResources(graph, types.userPoolDomain, domainSchema);
  const isOurs = stage.config.admins.pool.kind === 'created';
  const wanted = isOurs && stage.config.console ? 1 : 0;
  const open = clients.filter(({ allowedOauthFlowsUserPoolClient: isOpen }) => isOpen);
  return [
    ...(open.length === wanted ? [] : [`${open.length} clients sign in through pages`]),
    ...(domains.length === wanted ? [] : [`${domains.length} domains have pages to sign in`]),
    ...open.flatMap((client) => checkClient(client, stage)),
    ...(stage.config.console ? checkTold(graph, stage, open[0]?.name) : []),
  ];
};

function checkClient(client: z.infer<typeof clientSchema>, { config }: Stage): string[] {
  const { callbackUrl, logoutUrl } = listConsoleAddresses(config.console?.origin ?? '');
  return [
    ...(client.generateSecret ? ['the console would have to keep a secret'] : []),
    ...findDifferences('the console’s client', {
      found: [...client.allowedOauthFlows, ...client.callbackUrls, ...client.logoutUrls],
      wanted: ['code', callbackUrl, logoutUrl],
    }),
    ...(client.refreshTokenRotation?.feature === 'ENABLED'
      ? []
      : ['a refresh token that was stolen is good for ever']),
  ];
}

/** The pages are told of a client whose tokens the API takes, and of the pool that signs them. */
function checkTold(graph: Parameters<Check>[0], stage: Stage, ours: string | undefined): string[] {
  const { pool } = stage.config.admins;
  const told = toldSchema.parse(readTold(graph, 'Console'));
  const { issuer, clientId, ...addresses } = told.signIn;
  const wanted = pool.kind === 'existing' ? pool.console?.clientId : ours;
  const [authorizer] = readResources(graph, types.authorizer, authorizerSchema);
  const audiences = authorizer?.inputs.jwtConfiguration.audiences ?? [];
  return [
    ...(told.stage === stage.name ? [] : [`operators read that this is ${told.stage}`]),
    ...(clientId === wanted && audiences.includes(clientId)
      ? []
      : [`operators sign in to the client ${clientId}`]),
    ...(issuer.endsWith(`/${nameAdminPool(stage)}`) ? [] : [`operators’ tokens are of ${issuer}`]),
    ...Object.values(addresses)
      .filter((url) => !/^https:\/\/[\w-]+\.auth\.[\w-]+\.amazoncognito\.com\/[\w/]+$/.test(url))
      .map((url) => `operators sign in at ${url}`),
  ];
}
