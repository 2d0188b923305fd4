import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import * as z from 'zod';
import { bodyTooLarge } from '../../http-api/error-answer.ts';
import type { TokenIssuer } from '../create-issuer.ts';
import { createGrants, type Grant, type Grants } from './grants.ts';
import type { DemoOperator } from './operators.ts';
import { showRefusal, showSignIn, styles } from './pages.ts';
import {
  type Authorization,
  type CodeClient,
  type Read,
  readAuthorization,
} from './read-authorization.ts';

interface SignInOptions {
  issuer: TokenIssuer;
  path: string;
  client: CodeClient;
  operators: readonly DemoOperator[];
  nowMs(): number;
  newId(): string;
}

const LIFETIME_SECONDS = 3600;
const MAX_FORM_BYTES = 10_240;

/**
 * What Cognito's domain of a user pool is to a browser, at `path`: `/oauth2/authorize` (a page where an operator of the demo is
 * chosen), `/oauth2/token` and `/logout`. For developers on 127.0.0.1 only: operators have no password.
 */
export function createSignInApp(options: SignInOptions): Hono {
  const { path, operators } = options;
  const app = new Hono();
  const grants = createGrants(options);
  const limit = bodyLimit({ maxSize: MAX_FORM_BYTES, onError: bodyTooLarge });
  app.get(`${path}/oauth2/authorize`, policyOf(options.client), (c) => {
    const read = readAuthorization(c.req.query(), options.client);
    return read.kind === 'fits'
      ? c.html(showSignIn(read.asked, operators, path))
      : turnAway(c, read);
  });
  app.post(`${path}/oauth2/authorize`, limit, async (c) => {
    const read = readAuthorization(c.req.query(), options.client);
    if (read.kind !== 'fits') return turnAway(c, read);
    const { operator: chosen } = await c.req.parseBody();
    const operator = operators.find(({ username }) => username === chosen);
    return operator
      ? leaveWithCode(c, read.asked, operator, grants)
      : turnAway(c, { kind: 'refused', why: 'There is no such operator.' });
  });
  app.get(`${path}/sign-in.css`, (c) => c.body(styles, 200, { 'content-type': 'text/css' }));
  app.post(`${path}/oauth2/token`, limit, (c) => answerTokens(c, options, grants));
  app.get(`${path}/logout`, (c) => {
    const { client_id, logout_uri = '' } = c.req.query();
    const isKnown =
      client_id === options.client.id && options.client.logoutUris.includes(logout_uri);
    return isKnown
      ? c.redirect(logout_uri)
      : c.html(showRefusal('This address is not allowed.'), 400);
  });
  return app;
}

function turnAway(c: Context, read: Exclude<Read, { kind: 'fits' }>) {
  return read.kind === 'refused'
    ? c.html(showRefusal(read.why), 400)
    : c.redirect(buildReturn(read.asked, { error: read.error }));
}

function leaveWithCode(c: Context, asked: Authorization, operator: DemoOperator, grants: Grants) {
  const code = grants.addCode({
    operator,
    clientId: asked.client_id,
    redirectUri: asked.redirect_uri,
    challenge: asked.code_challenge ?? '',
    nonce: asked.nonce,
  });
  return c.redirect(buildReturn(asked, { code }));
}

function buildReturn({ redirect_uri, state }: Authorization, answer: Record<string, string>) {
  const query = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) });
  return `${redirect_uri}?${query}`;
}

const tokenFormSchema = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    client_id: z.string(),
    redirect_uri: z.string(),
    code: z.string(),
    code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  }),
  z.object({
    grant_type: z.literal('refresh_token'),
    client_id: z.string(),
    refresh_token: z.string(),
  }),
]);

/** Tokens for a code or a refresh token; the refresh token changes with every use, as the stacks have Cognito do it. */
async function answerTokens(c: Context, options: SignInOptions, grants: Grants): Promise<Response> {
  const refuse = (error: string) => c.json({ error }, 400, { 'cache-control': 'no-store' });
  const read = tokenFormSchema.safeParse(await c.req.parseBody());
  if (!read.success) return refuse('invalid_request');
  const form = read.data;
  if (form.client_id !== options.client.id) return refuse('invalid_client');
  const grant =
    form.grant_type === 'refresh_token'
      ? grants.takeRefreshToken(form.refresh_token, form.client_id)
      : grants.takeCode(form.code, {
          clientId: form.client_id,
          redirectUri: form.redirect_uri,
          verifier: form.code_verifier,
        });
  if (!grant) return refuse('invalid_grant');
  const refreshToken = grants.addRefreshToken(grant);
  const nonce = form.grant_type === 'authorization_code' ? grant.nonce : undefined;
  return c.json(
    {
      ...(await signTokens(grant, options.issuer, nonce)),
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: LIFETIME_SECONDS,
    },
    200,
    { 'cache-control': 'no-store' },
  );
}

async function signTokens(grant: Grant, issuer: TokenIssuer, nonce: string | undefined) {
  const { username, groups } = grant.operator;
  const request = { username, groups: [...groups], expiresInSeconds: LIFETIME_SECONDS };
  const [id, access] = await Promise.all([
    issuer.issue({ ...request, use: 'id' }, grant.clientId, nonce),
    issuer.issue({ ...request, use: 'access' }, grant.clientId),
  ]);
  return { id_token: id.token, access_token: access.token };
}

/** A form may lead to the client's own addresses: browsers hold redirects of a form to this as well. */
function policyOf({ redirectUris }: CodeClient) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      formAction: ["'self'", ...new Set(redirectUris.map((uri) => new URL(uri).origin))],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: false,
  });
}
