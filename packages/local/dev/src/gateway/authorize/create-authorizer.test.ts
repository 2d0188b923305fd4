import { createHmac } from 'node:crypto';
import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Authorizer, createAuthorizer } from './create-authorizer.ts';

const issuer = 'https://pool.example/ap-south-1_abc';
const nowMs = Date.parse('2026-11-23T10:00:00.400Z');
const now = Math.floor(nowMs / 1000);
const times = { iat: now, exp: now + 3600 };
const idClaims = { iss: issuer, sub: 's', aud: 'our-client', token_use: 'id', ...times };
const accessClaims = {
  iss: issuer,
  sub: 's',
  client_id: 'our-client',
  token_use: 'access',
  ...times,
};

let ours: { privateKey: CryptoKey; publicKey: CryptoKey };
let authorize: Authorizer;

beforeAll(async () => {
  ours = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  authorize = createAuthorizer({
    issuer,
    audience: ['our-client', 'our-other-client'],
    keyOf: createLocalJWKSet({ keys: [jwk] }),
    nowMs: () => nowMs,
  });
});

function sign(
  claims: Record<string, unknown>,
  options: { key?: CryptoKey; header?: Partial<JWTHeaderParameters> } = {},
): Promise<string> {
  const { key = ours.privateKey, header = { kid: 'key-1' } } = options;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(key);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('lets through', () => {
  it('an id token of our client, and hands its claims over as text', async () => {
    const claims = { ...idClaims, 'cognito:groups': ['admin', 'support'], email_verified: true };
    expect(await authorize(`Bearer ${await sign(claims)}`)).toEqual({
      kind: 'passed',
      claims: {
        iss: issuer,
        sub: 's',
        aud: 'our-client',
        token_use: 'id',
        iat: String(now),
        exp: String(now + 3600),
        'cognito:groups': '[admin support]',
        email_verified: 'true',
      },
    });
  });

  it.each([
    ['an access token of our client', accessClaims],
    ['a token of any client in the list', { ...idClaims, aud: 'our-other-client' }],
    ['a token for several clients, ours among them', { ...idClaims, aud: ['x', 'our-client'] }],
    [
      'a token whose client does not count because its audience does',
      { ...idClaims, client_id: 'x' },
    ],
    ['a token that is valid from this very second', { ...idClaims, nbf: now }],
    ['a token of nobody’s group: that is the function’s question', idClaims],
  ])('%s', async (_what, claims) => {
    expect(await authorize(`Bearer ${await sign(claims)}`)).toMatchObject({ kind: 'passed' });
  });

  it.each(['', 'Bearer ', 'bearer ', 'Bearer   '])('a token after "%s"', async (prefix) => {
    expect(await authorize(`${prefix}${await sign(idClaims)}`)).toMatchObject({ kind: 'passed' });
  });
});

describe('refuses', () => {
  it.each([
    ['an expired token', { ...idClaims, exp: now }],
    ['a token that is not valid yet', { ...idClaims, nbf: now + 1 }],
    ['a token that was issued later', { ...idClaims, iat: now + 1 }],
    ['a token that never ends', { ...idClaims, exp: undefined }],
    ['another issuer', { ...idClaims, iss: 'https://pool.example/ap-south-1_xyz' }],
    ['an issuer with a slash more', { ...idClaims, iss: `${issuer}/` }],
    ['no issuer', { ...idClaims, iss: undefined }],
    ['an id token of another client', { ...idClaims, aud: 'another-client' }],
    ['an access token of another client', { ...accessClaims, client_id: 'another-client' }],
    ['our client beside another audience', { ...accessClaims, aud: 'another-client' }],
    ['a token of no client', { ...idClaims, aud: undefined }],
  ])('%s', async (_what, claims: Record<string, unknown>) => {
    expect(await authorize(`Bearer ${await sign(claims)}`)).toMatchObject({ kind: 'refused' });
  });

  it('a token signed by another key, whatever key it names', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    for (const kid of ['key-1', 'key-2']) {
      const token = await sign(idClaims, { key: privateKey, header: { kid } });
      expect(await authorize(token)).toMatchObject({ kind: 'refused' });
    }
  });

  it('a token that names no key, or one the issuer does not have', async () => {
    for (const header of [{}, { kid: 'key-2' }]) {
      expect(await authorize(await sign(idClaims, { header }))).toMatchObject({ kind: 'refused' });
    }
  });

  it('a token without a signature', async () => {
    const unsigned = `${encode({ alg: 'none', kid: 'key-1' })}.${encode(idClaims)}.`;
    expect(await authorize(unsigned)).toMatchObject({ kind: 'refused' });
  });

  it('a token signed with the public key as a shared secret', async () => {
    const head = `${encode({ alg: 'HS256', kid: 'key-1' })}.${encode(idClaims)}`;
    const secret = await exportSPKI(ours.publicKey);
    const signature = createHmac('sha256', secret).update(head).digest('base64url');
    expect(await authorize(`${head}.${signature}`)).toMatchObject({ kind: 'refused' });
  });

  it('a token changed after it was signed', async () => {
    const [header, , signature] = (await sign(idClaims)).split('.');
    const claims = encode({ ...idClaims, 'cognito:groups': ['admin'] });
    expect(await authorize(`${header}.${claims}.${signature}`)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'garbage',
    'Bearer a.b.c',
    'Basic YTpi',
    `${encode({ alg: 'RS256', kid: 'key-1' })}.bm8.bm8`,
  ])('the header %j', async (header) => {
    expect(await authorize(header)).toMatchObject({ kind: 'refused' });
  });

  it('two tokens at once', async () => {
    const token = await sign(idClaims);
    expect(await authorize(`Bearer ${token}, Bearer ${token}`)).toMatchObject({ kind: 'refused' });
  });

  it('for a reason that repeats nothing of the token', async () => {
    const marked = { ...idClaims, iss: 'marked-text', aud: 'marked-text', sub: 'marked-text' };
    const refused = [
      await authorize(`Bearer ${await sign(marked)}`),
      await authorize(`Bearer ${await sign({ ...marked, iss: issuer })}`),
      await authorize('Bearer marked-text'),
    ];
    for (const each of refused) expect(each).toMatchObject({ reason: expect.stringMatching(/./) });
    expect(JSON.stringify(refused)).not.toContain('marked-text');
  });
});
