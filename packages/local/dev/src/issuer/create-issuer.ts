import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  SignJWT,
} from 'jose';
import { buildClaims } from './build-claims.ts';
import type { TokenRequest } from './token-request.ts';

/** The only algorithm that Cognito signs with. */
const ALGORITHM = 'RS256';

export interface IssuedToken {
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
  /** A token for an app client; without one, for that of pages. */
  issue(request: TokenRequest, forClientId?: string): Promise<IssuedToken>;
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
    issue: async (request, forClientId = clientId) => {
      const nowSeconds = Math.floor(nowMs() / 1000);
      const options = { issuer: url, clientId: forClientId, nowSeconds, newId };
      const claims = buildClaims(request, options);
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid })
        .sign(privateKey);
      const expiresAt = new Date((nowSeconds + request.expiresInSeconds) * 1000).toISOString();
      return { token, tokenUse: request.use, expiresAt };
    },
  };
}
