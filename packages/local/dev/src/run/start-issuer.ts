import { randomUUID } from 'node:crypto';
import type { StageFacts } from '@cloudnestle/topology/function-environment';
import { createLocalJWKSet } from 'jose';
import { type Authorizer, createAuthorizer } from '../gateway/authorize/create-authorizer.ts';
import { createIssuerApp } from '../issuer/app.ts';
import { createTokenIssuer } from '../issuer/create-issuer.ts';
import { createLocalUserPool } from '../issuer/local-user-pool.ts';
import { ISSUER_PATH, LOCAL_CLIENT_ID } from '../stage-facts.ts';

/**
 * The token issuer of a run, the authorizer that takes its tokens and no others, and the user pool that has it sign; `url` is
 * the gateway's origin.
 */
export async function startIssuer(url: string, { admins }: Pick<StageFacts, 'admins'>) {
  const issuer = await createTokenIssuer({
    url: `${url}${ISSUER_PATH}`,
    clientId: LOCAL_CLIENT_ID,
    nowMs: Date.now,
    newId: randomUUID,
  });
  const authorizer: Authorizer = createAuthorizer({
    issuer: issuer.url,
    audience: admins.clientIds,
    keyOf: createLocalJWKSet(issuer.jwks),
    nowMs: Date.now,
  });
  return {
    app: createIssuerApp(issuer, ISSUER_PATH),
    authorizer,
    userPool: createLocalUserPool(issuer),
  };
}
