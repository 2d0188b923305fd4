import { createHash } from 'node:crypto';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  SignJWT,
} from 'jose';
import * as z from 'zod';

/** The only algorithm that Cognito signs with. */
const ALGORITHM = 'RS256';

interface IssuedToken {
  token: string;
  tokenUse: TokenRequest['use'];
  /** ISO time. */
  expiresAt: string;
}

/** Signs tokens with a key that lives as long as this process. */
export interface TokenIssuer {
  /** Its address, and the `iss` of its tokens. */
  url: string;
  /** The public half of its key. */
  jwks: JSONWebKeySet;
  /** A token for an app client; without one, for that of pages. `nonce` ties it to the sign-in that a client has begun. */
  issue(request: TokenRequest, forClientId?: string, nonce?: string): Promise<IssuedToken>;
}

/** A token issuer with a new key: what it has signed before a restart is worth nothing after it. */
export async function createTokenIssuer(options: {
  url: string;
  clientId: string;
  nowMs(): number;
  newId(): string;
}): Promise<TokenIssuer> {
  const { url, clientId, nowMs, newId } = options;
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    url,
    jwks: { keys: [{ ...jwk, kid, alg: ALGORITHM, use: 'sig' }] },
    issue: async (request, forClientId = clientId, nonce?: string) => {
      const nowSeconds = Math.floor(nowMs() / 1000);
      const options = { issuer: url, clientId: forClientId, nowSeconds, newId };
      const claims = {
        ...buildClaims(request, options),
        ...(nonce === undefined ? {} : { nonce }),
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .sign(privateKey);
      const expiresAt = new Date((nowSeconds + request.expiresInSeconds) * 1000).toISOString();
      return { token, tokenUse: request.use, expiresAt };
    },
  };
}

/** A day, as the longest that Cognito's own id and access tokens may live. */
const LONGEST_SECONDS = 24 * 60 * 60;

/** What a developer asks the local issuer for. */
export const tokenRequestSchema = z.strictObject({
  /** Groups of the user pool. Cognito's names hold no space, so that a list of them can be split again. */
  groups: z
    .array(z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, 'must have no spaces'))
    .default([]),
  use: z.enum(['id', 'access']).default('id'),
  expiresInSeconds: z.int().min(1).max(LONGEST_SECONDS).default(3600),
  username: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .default('local-developer'),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

interface ClaimOptions {
  issuer: string;
  clientId: string;
  nowSeconds: number;
  newId(): string;
}

/**
 * A token's claims as a Cognito user pool makes them (Amazon Cognito developer guide, "Understanding user pool JSON web
 * tokens"): the id token names its client in `aud`, the access token in `client_id`, and groups only where there are some.
 */
function buildClaims(request: TokenRequest, options: ClaimOptions): Record<string, unknown> {
  const { groups, expiresInSeconds, username, use } = request;
  const { issuer, nowSeconds, newId } = options;
  return {
    sub: subOf(username),
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    iss: issuer,
    token_use: use,
    auth_time: nowSeconds,
    iat: nowSeconds,
    exp: nowSeconds + expiresInSeconds,
    jti: newId(),
    ...(use === 'id' ? idClaims(username, options) : accessClaims(username, options)),
  };
}

function idClaims(username: string, { clientId, newId }: ClaimOptions) {
  return {
    aud: clientId,
    'cognito:username': username,
    email: `${username}@example.com`,
    email_verified: true,
    origin_jti: newId(),
    event_id: newId(),
  };
}

function accessClaims(username: string, { clientId }: ClaimOptions) {
  return { client_id: clientId, username, scope: 'aws.cognito.signin.user.admin' };
}

/** The same user has the same id in every token. */
function subOf(username: string): string {
  const hex = createHash('sha256').update(username).digest('hex');
  const part = (from: number, to: number) => hex.slice(from, to);
  return [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join('-');
}
