import { createHash } from 'node:crypto';
import type { TokenRequest } from './token-request.ts';

export interface ClaimOptions {
  issuer: string;
  clientId: string;
  nowSeconds: number;
  newId(): string;
}

/**
 * A token's claims as a Cognito user pool makes them (Amazon Cognito developer guide, "Understanding user pool JSON web
 * tokens"): the id token names its client in `aud`, the access token in `client_id`, and groups only where there are some.
 */
export function buildClaims(request: TokenRequest, options: ClaimOptions): Record<string, unknown> {
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
