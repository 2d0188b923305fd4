import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signWebhook } from './sign-webhook.ts';

const body = new TextEncoder().encode('{"event":"checkout.order.completed"}');

test("the SHA-256 header is the one PhonePe's documents give for user and pass", () => {
  expect(signWebhook({ kind: 'sha256', username: 'user', password: 'pass' }, body)).toEqual({
    authorization: 'ef4c914c591698b268db3c64163eafda7209a630f236ebf0eebf045460df723a',
  });
});

test.each(['hex', 'base64'] as const)(
  'the HMAC signature covers the raw bytes, in %s',
  (encoding) => {
    const auth = { kind: 'hmac', keyId: 'key-1', key: 'k', encoding } as const;
    const signed = signWebhook(auth, body);
    expect(signed).toEqual({
      'x-phonepe-checksum-key-id': 'key-1',
      'x-phonepe-checksum-signature': createHmac('sha256', 'k').update(body).digest(encoding),
    });
    expect(signWebhook(auth, new TextEncoder().encode('{}'))).not.toEqual(signed);
  },
);
