import * as oauth from 'oauth4webapi';
import { BASE, type SignInConfig } from '../app/config.ts';

/** What a browser keeps while the operator is away at the sign-in page. */
interface Pending {
  verifier: string;
  state: string;
  nonce: string;
  /** The address within the console that the operator wanted. */
  then: string;
}

export interface Tokens {
  /** What the API takes. */
  idToken: string;
  refreshToken: string | undefined;
  /** Of `performance.now()`: a wall clock may be moved. */
  expiresAtMs: number;
}

const PENDING = 'console.sign-in';

/** Leaves for the sign-in page; comes back at `signed-in`. */
export async function beginSignIn(config: SignInConfig, then: string): Promise<void> {
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    then,
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(config.authorizeUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: redirectUri(),
    scope: 'openid email',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  window.location.assign(url);
}

/**
 * Turns the code in the address into tokens. Rejects where the answer belongs to no sign-in that this tab has begun, or where the user
 * pool refuses it.
 */
export async function finishSignIn(
  config: SignInConfig,
  address: URL,
): Promise<{ tokens: Tokens; then: string }> {
  const kept = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (kept === null) throw new Error('This tab has not begun to sign in.');
  const { verifier, state, nonce, then }: Pending = JSON.parse(kept);
  const { server, client } = describe(config);
  const answer = oauth.validateAuthResponse(server, client, address, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    answer,
    redirectUri(),
    verifier,
    insecure(config),
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  return { tokens: toTokens(result, undefined), then };
}

/** New tokens for a refresh token, which is spent by that. Rejects where it is worth nothing any more. */
export async function refreshTokens(config: SignInConfig, refreshToken: string): Promise<Tokens> {
  const { server, client } = describe(config);
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    refreshToken,
    insecure(config),
  );
  const result = await oauth.processRefreshTokenResponse(server, client, response);
  return toTokens(result, refreshToken);
}

/** Whether the user pool has said that these tokens are worth nothing; else the next try may get through. */
export function isRefused(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant';
}

/** Ends the sign-in at the user pool as well; Cognito's own way, which is no standard's. */
export function leave(config: SignInConfig): void {
  const url = new URL(config.logoutUrl);
  url.search = new URLSearchParams({
    client_id: config.clientId,
    logout_uri: `${window.location.origin}${BASE}/`,
  }).toString();
  window.location.assign(url);
}

function redirectUri(): string {
  return `${window.location.origin}${BASE}/signed-in`;
}

function describe({ issuer, authorizeUrl, tokenUrl, clientId }: SignInConfig) {
  const server: oauth.AuthorizationServer = {
    issuer,
    authorization_endpoint: authorizeUrl,
    token_endpoint: tokenUrl,
  };
  return { server, client: { client_id: clientId } };
}

/** Plain http is for a run on this machine alone. */
function insecure({ tokenUrl }: SignInConfig) {
  return { [oauth.allowInsecureRequests]: new URL(tokenUrl).hostname === '127.0.0.1' };
}

function toTokens(result: oauth.TokenEndpointResponse, before: string | undefined): Tokens {
  if (result.id_token === undefined) throw new Error('The user pool gave no id token.');
  return {
    idToken: result.id_token,
    refreshToken: result.refresh_token ?? before,
    expiresAtMs: performance.now() + (result.expires_in ?? 300) * 1000,
  };
}
