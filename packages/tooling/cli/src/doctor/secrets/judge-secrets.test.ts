import { expect, it } from 'vitest';
import { judgeCredentials } from './judge-credentials.ts';
import { judgeTokenSecret } from './judge-token-secret.ts';

const credentials = {
  clientId: 'hush-id',
  clientSecret: 'hush-secret',
  clientVersion: 1,
  merchantId: 'hush-merchant',
  webhookCredentials: [{ username: 'hush-user', password: 'hush-password' }],
};
const key = { id: 'hush-key', key: 'hush-value' };

it.each([
  [{}, 'ok', '1 webhook credential, no HMAC keys'],
  [
    { webhookCredentials: [], webhookHmacKeys: [key, key] },
    'ok',
    'no webhook credentials, 2 HMAC keys',
  ],
  [{ webhookCredentials: [] }, 'wrong', 'are empty: webhooks are answered 503'],
  [{ webhookCredentials: undefined }, 'wrong', 'are empty: webhooks are answered 503'],
  [{ clientSecret: '', merchantId: 7 }, 'wrong', 'missing or malformed: clientSecret, merchantId'],
  [{ webhookHmacKeys: ['hush'] }, 'wrong', 'missing or malformed: webhookHmacKeys.0'],
] as const)('credentials with %j are %s, and no value is said', (change, result, words) => {
  const verdict = judgeCredentials(JSON.stringify({ ...credentials, ...change }));
  expect(verdict.result).toBe(result);
  expect(verdict.words.join()).toContain(words);
  expect(verdict.words.join()).not.toContain('hush');
});

it.each(['hush', '"hush"', '["hush"]', ''])('%j is no credentials and no token secret', (text) => {
  for (const verdict of [judgeCredentials(text), judgeTokenSecret(text)]) {
    expect(verdict).toEqual({ result: 'wrong', words: ['is no JSON object'] });
  }
});

it.each([
  [{ tokenSecret: 'hush-hush-hush-hush' }, 'ok', 'has the shape'],
  [{ tokenSecret: 'hush' }, 'wrong', 'missing or malformed: tokenSecret'],
  [{ hush: 'hush' }, 'wrong', 'missing or malformed: tokenSecret'],
] as const)('a token secret %j is %s', (secret, result, words) => {
  const verdict = judgeTokenSecret(JSON.stringify(secret));
  expect(verdict.result).toBe(result);
  expect(verdict.words.join()).toContain(words);
  expect(verdict.words.join()).not.toContain('hush');
});
