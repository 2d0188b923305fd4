import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { renderClaims } from './render-claims.ts';

export type Authorization =
  | { kind: 'passed'; claims: Readonly<Record<string, string>> }
  /** The reason is for the log; it repeats nothing of the token. */
  | { kind: 'refused'; reason: string };

/** Judges an Authorization header. Never rejects: what cannot be judged is refused. */
export type Authorizer = (header: string | undefined) => Promise<Authorization>;

export interface AuthorizerOptions {
  /** The only `iss` it takes, to the letter. */
  issuer: string;
  /** App clients whose tokens it takes. */
  audience: readonly string[];
  /** The issuer's key for a token's header; rejects where there is none. */
  keyOf: JWTVerifyGetKey;
  nowMs(): number;
}

/**
 * The JWT authorizer of an HTTP API (API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers"): the
 * token with or without `Bearer`, signature, `kid`, `iss`, `aud` or else `client_id`, `exp`, `nbf` and `iat`. It takes id
 * and access tokens alike and does not look at groups: that is the function's question.
 */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  return async (header) => {
    const token = header?.replace(/^Bearer +/i, '').trim();
    if (!token) return refuse('no token');
    try {
      return await judge(token, options);
    } catch (error) {
      return refuse(describe(error));
    }
  };
}

async function judge(token: string, options: AuthorizerOptions): Promise<Authorization> {
  const { issuer, audience, keyOf, nowMs } = options;
  const { payload } = await jwtVerify(token, requireKeyId(keyOf), {
    algorithms: ['RS256'],
    issuer,
    requiredClaims: ['exp'],
    currentDate: new Date(nowMs()),
  });
  // The library looks at `iat` only where tokens may have a greatest age.
  if (payload.iat !== undefined && payload.iat * 1000 > nowMs()) return refuse('issued later');
  if (!isFor(payload, audience)) return refuse('another client');
  return { kind: 'passed', claims: renderClaims(payload) };
}

/** Without `kid` the library would take the set's only key. */
function requireKeyId(keyOf: JWTVerifyGetKey): JWTVerifyGetKey {
  return (header, token) => {
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    return keyOf(header, token);
  };
}

/** `client_id` counts only where there is no `aud`: Cognito's access tokens have none. */
function isFor(payload: JWTPayload, audience: readonly string[]): boolean {
  const { aud = payload.client_id } = payload;
  const names: unknown[] = Array.isArray(aud) ? aud : [aud];
  return names.some((name) => typeof name === 'string' && audience.includes(name));
}

function refuse(reason: string): Authorization {
  return { kind: 'refused', reason };
}

/** Codes and claim names only: other errors' messages may quote what was sent. */
function describe(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `claim ${error.claim}`;
  if (error instanceof errors.JOSEError) return error.code;
  return error instanceof Error ? error.name : 'unreadable';
}
