import { HttpError } from './errors.ts';
import type { HttpRequest } from './handler.ts';

/** Whose tokens a route takes. */
export interface Callers {
  /** App clients of the user pool. */
  clientIds: readonly string[];
  /** Members of any of them. */
  groups: readonly string[];
  tokenUse: 'id' | 'access';
}

/** The caller's id. Throws 401 without a token that was made for this, 403 in the given words for any other caller's. */
export function requireCaller(
  { claims }: Pick<HttpRequest, 'claims'>,
  callers: Callers,
  { forbidden }: { forbidden: string },
): string {
  const authorisation = authorise(claims, callers);
  switch (authorisation.kind) {
    case 'allowed':
      return authorisation.subject;
    case 'forbidden':
      throw new HttpError(403, 'FORBIDDEN', forbidden, {
        summary: { actor: authorisation.subject },
      });
    case 'unauthenticated':
      throw new HttpError(401, 'UNAUTHENTICATED', 'Please sign in.', {
        reason: authorisation.reason,
      });
  }
}

export type Authorisation =
  | { kind: 'allowed'; subject: string }
  /** No token, or one that was made for something else. */
  | { kind: 'unauthenticated'; reason: string }
  | { kind: 'forbidden'; subject: string };

/**
 * Judges the claims that API Gateway's JWT authorizer has verified. It takes id and access tokens alike, and looks at an
 * access token's client only where there is no audience, so both are asked for here; groups it renders as `[a b]` (AWS).
 */
export function authorise(
  claims: Readonly<Record<string, unknown>> | undefined,
  callers: Callers,
): Authorisation {
  if (!claims) return { kind: 'unauthenticated', reason: 'no token' };
  if (claims.token_use !== callers.tokenUse) {
    return { kind: 'unauthenticated', reason: `no ${callers.tokenUse} token` };
  }
  // Cognito names the client in `aud` of an id token and in `client_id` of an access token.
  const clientId = callers.tokenUse === 'id' ? claims.aud : claims.client_id;
  if (typeof clientId !== 'string' || !callers.clientIds.includes(clientId)) {
    return { kind: 'unauthenticated', reason: 'a token of another client' };
  }
  const subject = typeof claims.sub === 'string' ? claims.sub : 'unknown';
  const groups = readGroups(claims['cognito:groups']);
  const isAllowed = callers.groups.some((group) => groups.includes(group));
  return isAllowed ? { kind: 'allowed', subject } : { kind: 'forbidden', subject };
}

/** Cognito's group names have no spaces, so whole names can be compared. */
function readGroups(rendered: unknown): string[] {
  if (typeof rendered !== 'string') return [];
  const inner = /^\[(.*)\]$/.exec(rendered)?.[1];
  return inner === undefined ? [] : inner.split(' ');
}
