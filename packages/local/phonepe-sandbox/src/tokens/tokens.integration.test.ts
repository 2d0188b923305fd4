import { expect, test } from 'vitest';
import { credentials, openMerchant } from '../testing/open-merchant.ts';
import { read, tokenShape } from '../testing/shapes.ts';

test('a token answer has the fields and the epoch seconds of a captured one', async () => {
  const now = () => new Date('2026-11-23T06:30:00.250Z');
  const merchant = await openMerchant({ now });
  const answer = await read(await merchant.login(), tokenShape);
  const issuedAt = Date.UTC(2026, 10, 23, 6, 30) / 1000;
  expect(answer).toEqual({
    access_token: expect.any(String),
    encrypted_access_token: answer.access_token,
    expires_in: 3600,
    issued_at: issuedAt,
    expires_at: issuedAt + 3600,
    session_expires_at: issuedAt + 3600,
    token_type: 'O-Bearer',
  });
});

test('wrong credentials get no token', async () => {
  const merchant = await openMerchant();
  const answer = await merchant.login('wrong');
  expect(answer.status).toBe(401);
  expect(await answer.json()).not.toHaveProperty('access_token');
});

test('credentials sent as JSON are not understood', async () => {
  const merchant = await openMerchant();
  const answer = await merchant.call('/v1/oauth/token', { client_id: 'client' });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    message: expect.stringContaining('Api Mapping Not Found'),
  });
});

test.each([
  ['none', {}],
  ['another scheme', (token: string) => ({ authorization: `Bearer ${token}` })],
  ['an invented token', { authorization: 'O-Bearer abc' }],
])('a call with %s is a 401', async (_title, headers) => {
  const merchant = await openMerchant();
  const sent = typeof headers === 'function' ? headers(merchant.token) : headers;
  const answer = await merchant.call('/checkout/v2/order/MO-1/status', undefined, sent);
  expect(answer.status).toBe(401);
});

test('a token ends with its lifetime', async () => {
  let now = new Date('2026-11-23T06:30:00.000Z');
  const merchant = await openMerchant({ now: () => now, tokenLifetimeSeconds: 600 });
  now = new Date('2026-11-23T06:39:59.999Z');
  expect((await merchant.pay()).status).toBe(200);
  now = new Date('2026-11-23T06:40:00.000Z');
  expect((await merchant.pay()).status).toBe(401);
});

test('after a rotation the old secret and the old tokens are refused and the new secret works', async () => {
  const merchant = await openMerchant();

  await merchant.control('/rotate', { clientSecret: 'secret-after' });

  expect((await merchant.pay()).status).toBe(401);
  expect((await merchant.login(credentials.clientSecret)).status).toBe(401);
  const { access_token: token } = await read(await merchant.login('secret-after'), tokenShape);
  const answer = await merchant.call('/checkout/v2/order/MO-1/status', undefined, {
    authorization: `O-Bearer ${token}`,
  });
  expect(answer.status).toBe(400);
});

test('a rotation of nothing voids the tokens only, and says no secret', async () => {
  const merchant = await openMerchant();
  const answer = await merchant.control('/rotate', {});
  expect(await answer.json()).toEqual({ rotated: [] });
  expect((await merchant.pay()).status).toBe(401);
  expect((await merchant.login()).status).toBe(200);
});
