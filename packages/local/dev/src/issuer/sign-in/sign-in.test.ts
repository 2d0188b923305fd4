import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTokenIssuer, type TokenIssuer } from '../create-issuer.ts';
import { createSignInApp } from './app.ts';
import { demoOperators } from './operators.ts';

const url = 'http://127.0.0.1:3000/issuer';
const redirectUri = 'http://127.0.0.1:3000/console/signed-in';
const logoutUri = 'http://127.0.0.1:3000/console/';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const tokensSchema = z.object({
  id_token: z.string(),
  access_token: z.string(),
  refresh_token: z.string(),
});
const asked = {
  ...{ response_type: 'code', client_id: 'console', redirect_uri: redirectUri, state: 's' },
  ...{ scope: 'openid', nonce: 'n', code_challenge: challenge, code_challenge_method: 'S256' },
};

let nowMs: number;
let ids: number;
let issuer: TokenIssuer;
let app: ReturnType<typeof createSignInApp>;
beforeEach(async () => {
  nowMs = Date.parse('2026-11-23T10:00:00Z');
  ids = 0;
  const time = { nowMs: () => nowMs, newId: () => `id-${++ids}` };
  issuer = await createTokenIssuer({ url, clientId: 'other', ...time });
  app = createSignInApp({
    ...{ issuer, path: '/issuer', operators: demoOperators, ...time },
    client: { id: 'console', redirectUris: [redirectUri], logoutUris: [logoutUri] },
  });
});

const authorize = (changes: Partial<typeof asked>, init?: RequestInit) =>
  app.request(`/issuer/oauth2/authorize?${new URLSearchParams({ ...asked, ...changes })}`, init);
const choose = (operator: string, changes = {}) =>
  authorize(changes, { method: 'POST', body: new URLSearchParams({ operator }) });
const placeOf = (answer: Response) => new URL(answer.headers.get('location') ?? 'none:');
const signIn = async (operator = 'repair') =>
  placeOf(await choose(operator)).searchParams.get('code') ?? '';
const askTokens = (form: Record<string, string>) =>
  app.request('/issuer/oauth2/token', { method: 'POST', body: new URLSearchParams(form) });
const redeem = (code: string, changes: Record<string, string> = {}) =>
  askTokens({
    ...{ grant_type: 'authorization_code', client_id: 'console', redirect_uri: redirectUri },
    ...{ code, code_verifier: verifier, ...changes },
  });
const refresh = (token: string) =>
  askTokens({ grant_type: 'refresh_token', client_id: 'console', refresh_token: token });
const tokensOf = async (answer: Response) => tokensSchema.parse(await answer.json());

describe('an operator who signs in', () => {
  it('comes back with the state and a code, which is an id token of their group once', async () => {
    expect(await (await authorize({})).text()).toContain('look@example.com');
    const place = placeOf(await choose('look'));
    expect(`${place.origin}${place.pathname}`).toBe(redirectUri);
    expect(place.searchParams.get('state')).toBe('s');
    const code = place.searchParams.get('code') ?? '';
    const { id_token } = await tokensOf(await redeem(code));
    const { payload } = await jwtVerify(id_token, createLocalJWKSet(issuer.jwks), {
      ...{ issuer: url, audience: 'console', currentDate: new Date(nowMs) },
    });
    expect(payload).toMatchObject({ 'cognito:groups': ['look'], nonce: 'n', token_use: 'id' });
    expect(await (await redeem(code)).json()).toEqual({ error: 'invalid_grant' });
  });

  it('keeps signed in by refresh tokens, of which a stolen one ends them all', async () => {
    const first = await tokensOf(await redeem(await signIn()));
    const second = await tokensOf(await refresh(first.refresh_token));
    expect((await refresh(first.refresh_token)).status).toBe(400);
    expect((await refresh(second.refresh_token)).status).toBe(400);
  });

  it('leaves to the address of the console alone', async () => {
    const leave = (uri: string, id = 'console') =>
      app.request(`/issuer/logout?${new URLSearchParams({ client_id: id, logout_uri: uri })}`);
    expect(placeOf(await leave(logoutUri)).href).toBe(logoutUri);
    for (const [uri, id] of [[`${logoutUri}x`], ['https://evil.example/'], [logoutUri, 'other']]) {
      expect((await leave(uri ?? '', id)).headers.get('location')).toBeNull();
    }
  });
});

describe('who is not the console', () => {
  it.each([
    ['another client', { client_id: 'other' }],
    ['a foreign address', { redirect_uri: 'https://evil.example/console/signed-in' }],
    ['a longer address', { redirect_uri: `${redirectUri}/x` }],
  ])('is told nothing, and sent nowhere: %s', async (_what, changes) => {
    for (const answer of [await authorize(changes), await choose('repair', changes)]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });

  it.each([
    ['without a challenge', { code_challenge: '' }, 'invalid_request'],
    ['with a challenge that hides nothing', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['without openid', { scope: 'email' }, 'invalid_scope'],
  ])('gets no code %s', async (_what, changes, error) => {
    const { searchParams } = placeOf(await choose('repair', changes));
    expect(Object.fromEntries(searchParams)).toEqual({ error, state: 's' });
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['no verifier', { code_verifier: '' }],
    ['another address', { redirect_uri: logoutUri }],
    ['another client', { client_id: 'other' }],
  ])('gets no token with a stolen code and %s', async (_what, changes) => {
    expect((await redeem(await signIn(), changes)).status).toBe(400);
  });

  it('has one try at a verifier: the code is worth nothing after', async () => {
    const code = await signIn();
    await redeem(code, { code_verifier: 'w'.repeat(43) });
    expect((await redeem(code)).status).toBe(400);
  });

  it('gets no token with a code that is too old', async () => {
    const code = await signIn();
    nowMs += 301_000;
    expect((await redeem(code)).status).toBe(400);
  });
});
