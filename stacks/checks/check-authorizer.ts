import * as z from 'zod';
import type { Check } from './check.ts';
import { nameAdminPool } from './read/admin-pool.ts';
import { readResources } from './read/read-resources.ts';
import { types } from './read/types.ts';

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

/** Admins’ tokens are those of one user pool and its own clients, and nobody gives themselves an account in it. */
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
    ...(jwtConfiguration.audiences.length > 0 ? [] : ['tokens for any client are taken']),
    ...pools.flatMap(({ inputs, resource }) => [
      ...(inputs.adminCreateUserConfig.allowAdminCreateUserOnly
        ? []
        : ['anybody may give themselves an admin’s account']),
      ...((inputs.deletionProtection === 'ACTIVE' && resource.isRetained) || !stage.isProduction
        ? []
        : ['the pool of admins can be deleted']),
    ]),
  ];
};
