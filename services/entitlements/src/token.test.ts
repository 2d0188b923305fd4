import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { expect, it } from 'vitest';
import { createTokenMaker, deriveToken } from './token.ts';

const secret = 'a secret of enough length';
const secretId = 'marketplace/token-secret';

it('derives the token of the mission’s formula', () => {
  // sha256("test@example.com:aws-solution-finder:a secret of enough length"), first 32 hex digits
  expect(deriveToken('test@example.com', 'aws-solution-finder', secret)).toBe(
    'tok_perm_5e920c085d6ca62b1c843e392fe107e2',
  );
});

it('gives one person one token, however the address is spelled', () => {
  const token = deriveToken('test@example.com', 's', secret);
  expect(deriveToken(' Test@Example.COM ', 's', secret)).toBe(token);
  expect(deriveToken('other@example.com', 's', secret)).not.toBe(token);
  expect(deriveToken('test@example.com', 'other', secret)).not.toBe(token);
});

it('reads the secret only when a token is made, and from the cache', async () => {
  const reads: boolean[] = [];
  const makeToken = createTokenMaker({
    secretId,
    readSecret: async ({ fresh }) => {
      reads.push(fresh);
      return { tokenSecret: secret };
    },
  });
  expect(reads).toEqual([]);
  expect(await makeToken('test@example.com', 's')).toBe(
    deriveToken('test@example.com', 's', secret),
  );
  expect(reads).toEqual([false]);
});

it('looks past the cache where the cached secret is malformed', async () => {
  const makeToken = createTokenMaker({
    secretId,
    readSecret: async ({ fresh }) => (fresh ? { tokenSecret: secret } : { tokenSecret: '' }),
  });
  expect(await makeToken('a@example.com', 's')).toBe(deriveToken('a@example.com', 's', secret));
});

it.each([
  ['is missing its key', async () => ({ other: 'not shown anywhere' })],
  ['is too short', async () => ({ tokenSecret: 'short-one' })],
  ['is empty', async () => undefined],
])('makes no token with a secret that %s, and does not show it', async (_what, readSecret) => {
  const making = createTokenMaker({ secretId, readSecret })('a@example.com', 's');
  await expect(making).rejects.toThrow(
    new RetryLaterError('secret marketplace/token-secret has no usable tokenSecret'),
  );
});

it('asks for another try while the secret cannot be read', async () => {
  const making = createTokenMaker({
    secretId,
    readSecret: () => Promise.reject(new Error('no connection')),
  })('a@example.com', 's');
  await expect(making).rejects.toThrow(RetryLaterError);
});
