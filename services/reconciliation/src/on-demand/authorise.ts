/** Whose tokens count as an admin's. */
export interface Admins {
  /** App clients of the user pool. */
  clientIds: readonly string[];
  group: string;
  tokenUse: 'id' | 'access';
}

export type Authorisation =
  | { kind: 'admin'; subject: string }
  /** No token, or one that was made for something else. */
  | { kind: 'unauthenticated'; reason: string }
  | { kind: 'forbidden'; subject: string };

/**
 * Judges the claims that API Gateway's JWT authorizer has verified. It takes id and access tokens alike, and looks at an
 * access token's client only where there is no audience, so both are asked for here; groups it renders as `[a b]` (AWS).
 */
export function authorise(
  claims: Readonly<Record<string, unknown>> | undefined,
  admins: Admins,
): Authorisation {
  if (!claims) return { kind: 'unauthenticated', reason: 'no token' };
  if (claims.token_use !== admins.tokenUse) {
    return { kind: 'unauthenticated', reason: `no ${admins.tokenUse} token` };
  }
  // Cognito names the client in `aud` of an id token and in `client_id` of an access token.
  const clientId = admins.tokenUse === 'id' ? claims.aud : claims.client_id;
  if (typeof clientId !== 'string' || !admins.clientIds.includes(clientId)) {
    return { kind: 'unauthenticated', reason: 'a token of another client' };
  }
  const subject = typeof claims.sub === 'string' ? claims.sub : 'unknown';
  const isAdmin = readGroups(claims['cognito:groups']).includes(admins.group);
  return isAdmin ? { kind: 'admin', subject } : { kind: 'forbidden', subject };
}

/** Cognito's group names have no spaces, so whole names can be compared. */
function readGroups(rendered: unknown): string[] {
  if (typeof rendered !== 'string') return [];
  const inner = /^\[(.*)\]$/.exec(rendered)?.[1];
  return inner === undefined ? [] : inner.split(' ');
}
