import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createIssuerApp } from './app.ts';
import { createTokenIssuer, type TokenIssuer } from './create-issuer.ts';

const url = 'http://127.0.0.1:3000/issuer';
const nowMs = Date.parse('2026-11-23T10:00:00.400Z');
const nowSeconds = Math.floor(nowMs / 1000);
const answerSchema = z.object({ token: z.string(), tokenUse: z.string(), expiresAt: z.string() });
const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.literal('RSA') })) });

let issuer: TokenIssuer;
let ids = 0;

beforeAll(async () => {
  issuer = await createTokenIssuer({
    url,
    clientId: 'local-client',
    nowMs: () => nowMs,
    newId: () => `id-${++ids}`,
  });
});

function post(body: unknown, type = 'application/json') {
  return createIssuerApp(issuer, '/issuer').request('/issuer/token', {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The token's claims, checked with the key that the issuer publishes. */
async function claimsOf(body: unknown) {
  const answer = await post(body);
  const { token } = answerSchema.parse(await answer.json());
  const keys = await createIssuerApp(issuer, '/issuer').request('/issuer/.well-known/jwks.json');
  const jwks = keysSchema.parse(await keys.json());
  const currentDate = new Date(nowMs);
  return (await jwtVerify(token, createLocalJWKSet(jwks), { currentDate })).payload;
}

describe('a token', () => {
  it('is an id token of one hour without groups where nothing else is asked for', async () => {
    expect(await claimsOf({})).toEqual({
      sub: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      iss: url,
      aud: 'local-client',
      token_use: 'id',
      'cognito:username': 'local-developer',
      email: 'local-developer@example.com',
      email_verified: true,
      auth_time: nowSeconds,
      iat: nowSeconds,
      exp: nowSeconds + 3600,
      jti: expect.any(String),
      origin_jti: expect.any(String),
      event_id: expect.any(String),
    });
  });

  it('has the claims of an access token, which names no audience', async () => {
    const request = { use: 'access', groups: ['admin'], username: 'asha', expiresInSeconds: 60 };
    expect(await claimsOf(request)).toEqual({
      sub: expect.any(String),
      iss: url,
      client_id: 'local-client',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'asha',
      'cognito:groups': ['admin'],
      auth_time: nowSeconds,
      iat: nowSeconds,
      exp: nowSeconds + 60,
      jti: expect.any(String),
    });
  });

  it('comes with its kind and its end, names its key, and is never kept by a cache', async () => {
    const answer = await post({ groups: ['admin', 'support'] });
    const { token, tokenUse, expiresAt } = answerSchema.parse(await answer.json());
    expect({ tokenUse, expiresAt }).toEqual({
      tokenUse: 'id',
      expiresAt: '2026-11-23T11:00:00.000Z',
    });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: issuer.jwks.keys[0]?.kid });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('of the same user has the same sub, and every token its own id', async () => {
    const [one, other, third] = await Promise.all([
      claimsOf({ username: 'asha' }),
      claimsOf({ username: 'asha' }),
      claimsOf({ username: 'ravi' }),
    ]);
    expect(one.sub).toBe(other.sub);
    expect(one.sub).not.toBe(third.sub);
    expect(new Set([one.jti, other.jti, third.jti]).size).toBe(3);
  });
});

it('publishes where its keys are, and no private part of them', async () => {
  const app = createIssuerApp(issuer, '/issuer');
  const configuration = await app.request('/issuer/.well-known/openid-configuration');
  expect(await configuration.json()).toMatchObject({
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
  });
  const [key] = issuer.jwks.keys;
  expect(Object.keys(key ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

it.each([
  ['no JSON', '{"groups":', 'body'],
  ['a list', [], 'body'],
  ['a key nobody knows', { scope: 'all' }, 'body'],
  ['a group with a space', { groups: ['not admin'] }, 'groups.0'],
  ['another use', { use: 'refresh' }, 'use'],
  ['no time at all', { expiresInSeconds: 0 }, 'expiresInSeconds'],
  ['more than a day', { expiresInSeconds: 86_401 }, 'expiresInSeconds'],
  ['half a second', { expiresInSeconds: 0.5 }, 'expiresInSeconds'],
  ['a name that is none', { username: 'a b' }, 'username'],
])('answers %s with 400 and the field at fault', async (_what, body, field) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  const { error } = errorBodySchema.parse(await answer.json());
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', fields: [{ field }] });
});

it('gives nothing to a page of another origin, which cannot announce JSON unasked', async () => {
  const answer = await post({ groups: ['admin'] }, 'text/plain');
  expect(answer.status).toBe(400);
});

it('takes no other method and no huge body', async () => {
  const app = createIssuerApp(issuer, '/issuer');
  expect((await app.request('/issuer/token')).status).toBe(405);
  const keys = await app.request('/issuer/.well-known/jwks.json', { method: 'POST' });
  expect(keys.status).toBe(405);
  expect((await post({ username: 'a'.repeat(102_400) })).status).toBe(413);
});
