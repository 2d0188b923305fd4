import { expect, it } from 'vitest';
import type { SigningMode } from './options.ts';
import { sign } from './sign.ts';

const hooks = {
  webhookCredentials: [
    { username: 'user', password: 'pass' },
    { username: 'old', password: 'older' },
  ],
  webhookHmacKeys: [{ id: 'key-1', key: 'k' }],
};
const body = { event: 'checkout.order.completed' };
const textOf = (mode: SigningMode) => new TextDecoder().decode(sign(body, mode, hooks).body);

it('signs with the first credentials of the secret', () => {
  expect(sign(body, 'sha256', hooks).headers.authorization).toBe(
    'ef4c914c591698b268db3c64163eafda7209a630f236ebf0eebf045460df723a',
  );
  expect(sign(body, 'hmac-hex', hooks).headers['x-phonepe-checksum-key-id']).toBe('key-1');
});

it('spells the same HMAC in two ways', () => {
  const [hex = '', base64 = ''] = (['hmac-hex', 'hmac-base64'] as const).map(
    (mode) => sign(body, mode, hooks).headers['x-phonepe-checksum-signature'],
  );
  expect(Buffer.from(hex, 'hex')).toEqual(Buffer.from(base64, 'base64'));
});

it('sends no signature, one of other credentials, or a body that was changed afterwards', () => {
  expect(sign(body, 'none', hooks).headers).toEqual({ 'content-type': 'application/json' });
  const right = sign(body, 'sha256', hooks).headers.authorization;
  expect(sign(body, 'wrong', hooks).headers.authorization).toMatch(/^[0-9a-f]{64}$/);
  expect(sign(body, 'wrong', hooks).headers.authorization).not.toBe(right);
  expect(sign(body, 'tampered', hooks).headers).toEqual(sign(body, 'hmac-hex', hooks).headers);
  expect(textOf('tampered')).not.toBe(textOf('hmac-hex'));
  expect(JSON.parse(textOf('tampered'))).toMatchObject(body);
});

it.each([
  ['sha256', 'webhookCredentials'],
  ['hmac-hex', 'webhookHmacKeys'],
  ['hmac-base64', 'webhookHmacKeys'],
  ['tampered', 'webhookHmacKeys'],
] as const)('says that --sign %s needs %s', (mode, field) => {
  const none = { webhookCredentials: [], webhookHmacKeys: [] };
  expect(() => sign(body, mode, none)).toThrow(`has no ${field}, and --sign ${mode} needs one`);
});

it('needs nothing of the secret for a signature that is broken anyway', () => {
  const none = { webhookCredentials: [], webhookHmacKeys: [] };
  expect(sign(body, 'wrong', none).headers).toHaveProperty('authorization');
});
