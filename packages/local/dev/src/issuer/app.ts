import { HttpError, invalidRequest } from '@cloudnestle/runtime/http/errors';
import { MAX_BODY_BYTES, parseBody } from '@cloudnestle/runtime/http/handler';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { bodyTooLarge, invalidAnswer, methodNotAllowed } from '../http-api/error-answer.ts';
import { type TokenIssuer, type TokenRequest, tokenRequestSchema } from './create-issuer.ts';

/**
 * The token issuer over HTTP, at `path`: `/.well-known/openid-configuration`, `/.well-known/jwks.json` and `POST /token`.
 *
 * For developers on 127.0.0.1 only: every caller may have a token of any group.
 */
export function createIssuerApp(issuer: TokenIssuer, path: string): Hono {
  const app = new Hono();
  const keysPath = `${path}/.well-known/jwks.json`;
  const configurationPath = `${path}/.well-known/openid-configuration`;
  const tokenPath = `${path}/token`;
  app.get(keysPath, (c) => c.json(issuer.jwks));
  app.get(configurationPath, (c) => c.json(describeIssuer(issuer)));
  app.post(tokenPath, bodyLimit({ maxSize: MAX_BODY_BYTES, onError: bodyTooLarge }), (c) =>
    answerToken(c, issuer),
  );
  for (const each of [keysPath, configurationPath]) {
    app.all(each, () => methodNotAllowed(['GET', 'HEAD']));
  }
  app.all(tokenPath, () => methodNotAllowed(['POST']));
  return app;
}

/** OpenID discovery; the endpoints are those of the sign-in beside. */
function describeIssuer({ url }: TokenIssuer) {
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    end_session_endpoint: `${url}/logout`,
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
  };
}

async function answerToken(c: Context, issuer: TokenIssuer): Promise<Response> {
  try {
    const token = await issuer.issue(await readRequest(c));
    return c.json(token, 200, { 'cache-control': 'no-store' });
  } catch (error) {
    if (error instanceof HttpError) return invalidAnswer(error);
    throw error;
  }
}

/** Throws an `HttpError` 400 that names every field at fault. */
async function readRequest(c: Context): Promise<TokenRequest> {
  // Pages of other origins cannot send this type without a preflight, and the HTTP API answers no preflight of theirs.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw invalidRequest([{ field: 'content-type', message: 'must be application/json' }]);
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  return parseBody(tokenRequestSchema, body);
}
