import { errorBodySchema } from '@cloudnestle/contracts/http/error';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Shop, startShop } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

const good = { userId: 'uuid-123', userEmail: 'user@example.com', tier: 'pro' };

describe('400 names the field at fault, and nothing is touched', () => {
  test.each<[string, unknown, string[]]>([
    ['no userId', { ...good, userId: undefined }, ['userId']],
    ['an empty userId', { ...good, userId: '' }, ['userId']],
    ['a userId that makes no legal order id', { ...good, userId: 'a b/c' }, ['userId']],
    ['a userId of 43 characters', { ...good, userId: 'u'.repeat(43) }, ['userId']],
    ['a userId that is no text', { ...good, userId: 7 }, ['userId']],
    ['no userEmail', { ...good, userEmail: undefined }, ['userEmail']],
    [
      'an userEmail with a line break',
      { ...good, userEmail: 'a@b.example\nBcc: c@d.example' },
      ['userEmail'],
    ],
    ['an userEmail that is none', { ...good, userEmail: 'user.example.com' }, ['userEmail']],
    ['U+FFFF in userEmail', { ...good, userEmail: 'ra\uFFFFvi@example.com' }, ['userEmail']],
    ['U+FFFE in userEmail', { ...good, userEmail: 'ra\uFFFEvi@example.com' }, ['userEmail']],
    ['half an emoji in userEmail', { ...good, userEmail: 'ra\uD83Dvi@example.com' }, ['userEmail']],
    ['a NUL in userEmail', { ...good, userEmail: 'ra\u0000vi@example.com' }, ['userEmail']],
    [
      'U+FFFF in tier and source',
      { ...good, tier: 'pro\uFFFF', source: '\uFFFF' },
      ['tier', 'source'],
    ],
    ['no tier', { ...good, tier: undefined }, ['tier']],
    ['a tier that is not sold', { ...good, tier: 'platinum' }, ['tier']],
    ['a plan that is not on sale', { ...good, tier: 'basic', planId: 'basic-yearly' }, ['planId']],
    ['a plan of another tier', { ...good, tier: 'basic', planId: 'pro' }, ['planId']],
    ['a source that is not configured', { ...good, source: 'elsewhere' }, ['source']],
    ['an empty source', { ...good, source: '' }, ['source']],
    ['two wrong fields', { ...good, tier: 'gold', source: 'moon' }, ['tier', 'source']],
    ['nothing at all', {}, ['userId', 'userEmail', 'tier']],
    ['a list', [good], ['body']],
    ['null', 'null', ['body']],
    ['no JSON', '{"userId":', ['body']],
    ['no body', undefined, ['body']],
  ])('%s', async (_name, body, fields) => {
    const { platform, post } = shop.open();
    shop.cloud.cloud.calls.reset();
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(fieldsOf(answer)).toEqual(fields);
    expect(shop.cloud.cloud.calls.list()).toEqual([]);
    expect(platform.counted('PaymentInitiationFailed')).toBe(0);
  });
});

test.each(['basic', 'registered'])('a tier without a plan on sale is 409: %s', async (tier) => {
  const answer = await shop.open().post({ ...good, tier });
  expect(answer.statusCode).toBe(409);
  expect(errorBodySchema.parse(answer.body).error.code).toBe('NOT_ON_SALE');
});

test('an error answer never repeats what was sent', async () => {
  const answer = await shop.open().post({ ...good, userEmail: 'not-an-address-4711' });
  expect(JSON.stringify(answer.body)).not.toContain('4711');
});

test('a body over 100 KB is 413', async () => {
  const answer = await shop.open().post({ ...good, padding: 'x'.repeat(100 * 1024) });
  expect(answer.statusCode).toBe(413);
  expect(errorBodySchema.parse(answer.body).error.code).toBe('BODY_TOO_LARGE');
});

test('an unknown user and another user’s email get the same 404, to the letter', async () => {
  const user = await shop.addUser();
  const other = await shop.addUser();
  const instance = shop.open();
  const unknown = await instance.click({ ...user, userId: 'unknown-here' });
  const foreign = await instance.click({ ...user, userEmail: other.userEmail });
  expect(unknown.statusCode).toBe(404);
  expect(unknown.body).toMatchObject({ success: false, error: { code: 'USER_NOT_FOUND' } });
  expect({ ...unknown, body: { ...unknown.body, requestId: '' } }).toEqual({
    ...foreign,
    body: { ...foreign.body, requestId: '' },
  });
  expect(await shop.slotOf(user)).toBeUndefined();
  expect(shop.gatewayOrdersOf(user)).toEqual([]);
});

test('a suspended user is sold nothing: 403, and no order', async () => {
  const user = await shop.addUser({ subscriptionStatus: 'suspended' });
  const answer = await shop.open().click(user);
  expect(answer.statusCode).toBe(403);
  expect(errorBodySchema.parse(answer.body).error.code).toBe('FORBIDDEN');
  expect(await shop.slotOf(user)).toBeUndefined();
});

test('a user whose row holds NULLs and no tier can buy', async () => {
  const user = await shop.addUser({ subscriptionTier: null, subscriptionStartDate: null });
  expect((await shop.open().click(user)).statusCode).toBe(200);
});

test('log lines of refused requests name no address', () => {
  expect(shop.printed()).toContain('invalid: userEmail');
  expect(shop.printed()).not.toMatch(/\w@\w/);
});

function fieldsOf(answer: Answer): string[] | undefined {
  return errorBodySchema.parse(answer.body).error.fields?.map(({ field }) => field);
}
