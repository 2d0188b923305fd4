import type { RawWebhook } from '@cloudnestle/payments/gateway';
import { stretchTimeLimits } from '@cloudnestle/payments/time-limits';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFixture } from './testing/fixtures.ts';
import { createTestGateway, SECRET } from './testing/phonepe-server.ts';
import { hmacSignature, sha256AuthorizationHeader } from './webhook-signature.ts';

const BODY = readFixture('webhook-checkout-order-completed-captured');
const GOOD = sha256AuthorizationHeader('local_webhook', 'localWebhook1');

function createReader(
  read: (options: { fresh: boolean }) => Promise<unknown> = async () => SECRET,
) {
  let nowMs = Date.UTC(2025, 10, 23);
  const { gateway, reads } = createTestGateway('http://127.0.0.1:9', {
    readCredentials: read,
    now: () => new Date(nowMs),
  });
  const receive = (headers: RawWebhook['headers'], body: Uint8Array = BODY) =>
    gateway.readWebhook({ headers, body });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { receive, reads, pass };
}

const hmacHeaders = (signature: string, id = 'key-1') => ({
  'x-phonepe-checksum-key-id': id,
  'x-phonepe-checksum-signature': signature,
});
const HEX = hmacSignature('hmac-key-one', BODY);
const BASE64 = hmacSignature('hmac-key-one', BODY, 'base64');

describe('an authentic webhook is let in', () => {
  it.each([
    ['SHA mode', { authorization: GOOD }],
    ['HMAC mode, hex', hmacHeaders(HEX)],
    ['HMAC mode, base64', hmacHeaders(BASE64)],
    ['both modes', { authorization: GOOD, ...hmacHeaders(HEX) }],
    ['HMAC beside a header of another sender', { authorization: 'Basic abc', ...hmacHeaders(HEX) }],
  ])('%s', async (_title, headers) => {
    const { receive, reads } = createReader();
    expect(await receive(headers)).toMatchObject({ kind: 'order', claimedState: 'COMPLETED' });
    expect(reads).toEqual([false]);
  });

  it('whatever it says: only then it is read', async () => {
    const { receive } = createReader();
    const junk = Buffer.from('no json');
    expect(await receive({ authorization: GOOD }, junk)).toMatchObject({ kind: 'malformed' });
    expect(await receive({ authorization: 'x' }, junk)).toEqual({ kind: 'unauthenticated' });
  });
});

/** Headers a server could hand over against its type: lists and other things. */
function untyped(headers: Record<string, unknown>): RawWebhook['headers'] {
  const handedOver: RawWebhook['headers'] = {};
  return Object.assign(handedOver, headers);
}

const flipped = Buffer.from(BODY);
flipped[flipped.length - 2] = (flipped.at(-2) ?? 0) ^ 1;

const forgeries: [string, RawWebhook['headers'], Uint8Array?][] = [
  ['no header', {}],
  ['an empty header', { authorization: '' }],
  ['upper case', { authorization: GOOD.toUpperCase() }],
  ['a prefix', { authorization: `SHA256 ${GOOD}` }],
  ['another prefix', { authorization: `O-Bearer ${GOOD}` }],
  ['a space behind it', { authorization: `${GOOD} ` }],
  ['cut off', { authorization: GOOD.slice(0, -1) }],
  ['one letter more', { authorization: `${GOOD}0` }],
  ['one letter changed', { authorization: GOOD.replace(/.$/, (c) => (c === '0' ? '1' : '0')) }],
  ['a list', untyped({ authorization: [GOOD] })],
  ['a number', untyped({ authorization: 7 })],
  ['the credentials themselves', { authorization: 'local_webhook:localWebhook1' }],
  [
    'Basic',
    { authorization: `Basic ${Buffer.from('local_webhook:localWebhook1').toString('base64')}` },
  ],
  ['another password', { authorization: sha256AuthorizationHeader('local_webhook', 'other') }],
  ['user and password shifted', { authorization: sha256AuthorizationHeader('local', '_webhook') }],
  ['V1 checksum', { 'x-verify': `${GOOD}###1` }],
  ['the hash in another header', { 'x-phonepe-signature': GOOD }],
  ['HMAC: body changed by one bit', hmacHeaders(HEX), flipped],
  ['HMAC base64: body changed by one bit', hmacHeaders(BASE64), flipped],
  ['HMAC: a byte more', hmacHeaders(HEX), Buffer.concat([BODY, Buffer.from('\n')])],
  ['HMAC: another key id', hmacHeaders(HEX, 'key-2')],
  ['HMAC: no key id', { 'x-phonepe-checksum-signature': HEX }],
  ['HMAC: no signature', { 'x-phonepe-checksum-key-id': 'key-1' }],
  ['HMAC: empty signature', hmacHeaders('')],
  ['HMAC: another key', hmacHeaders(hmacSignature('other', BODY))],
  ['HMAC: cut off', hmacHeaders(HEX.slice(0, 32))],
  ['HMAC: a prefix', hmacHeaders(`sha256=${HEX}`)],
  ['HMAC: signature in Authorization', { authorization: HEX }],
  ['HMAC: signed with the SHA password', hmacHeaders(hmacSignature('localWebhook1', BODY))],
  ['HMAC: a list', untyped({ ...hmacHeaders(''), 'x-phonepe-checksum-signature': [HEX] })],
  ['HMAC: key id of an object', hmacHeaders(HEX, '__proto__')],
];

describe('a forged webhook is not', () => {
  it.each(forgeries)('%s', async (_title, headers, body) => {
    const { receive } = createReader();
    expect(await receive(headers, body)).toEqual({ kind: 'unauthenticated' });
  });
});

describe('without anything to check against', () => {
  it('the endpoint is off, signed or not', async () => {
    const { receive } = createReader(async () => ({
      ...SECRET,
      webhookCredentials: [],
      webhookHmacKeys: undefined,
    }));
    expect(await receive({ authorization: GOOD })).toEqual({ kind: 'unconfigured' });
    expect(await receive({})).toEqual({ kind: 'unconfigured' });
    const empty = sha256AuthorizationHeader('', '');
    expect(await receive({ authorization: empty })).toEqual({ kind: 'unconfigured' });
  });

  it('a malformed secret is named by its key', async () => {
    const { receive } = createReader(async () => ({
      ...SECRET,
      webhookCredentials: [{ username: 'local_webhook' }],
    }));
    expect(await receive({ authorization: GOOD })).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/webhookCredentials\.0\.password/),
    });
  });

  it('a secret that cannot be read is tried again with the next webhook', async () => {
    let isUp = false;
    const { receive } = createReader(async () => {
      if (!isUp) throw new Error('down');
      return SECRET;
    });
    expect(await receive({ authorization: GOOD })).toMatchObject({ kind: 'unavailable' });
    isUp = true;
    expect(await receive({ authorization: GOOD })).toMatchObject({ kind: 'order' });
  });

  it('a secret store that hangs is waited for no longer than a second', async () => {
    const { receive } = createReader(() => new Promise(() => {}));
    const verdict = await receive({ authorization: GOOD });
    expect(verdict).toMatchObject({
      kind: 'unavailable',
      reason: 'the credentials took longer than 1000 ms',
    });
  });
});

describe('rotation', () => {
  const NEW = sha256AuthorizationHeader('next_webhook', 'nextWebhook1');
  const both = {
    ...SECRET,
    webhookCredentials: [
      ...SECRET.webhookCredentials,
      { username: 'next_webhook', password: 'nextWebhook1' },
    ],
  };

  it('under load loses no webhook signed the old or the new way, with one more read', async () => {
    onTestFinished(stretchTimeLimits(100));
    let secret: unknown = SECRET;
    const { receive, reads } = createReader(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return secret;
    });
    await receive({ authorization: GOOD });
    secret = both;
    const verdicts = await Promise.all(
      Array.from({ length: 200 }, (_, index) => receive({ authorization: index % 2 ? GOOD : NEW })),
    );
    expect(new Set(verdicts.map(({ kind }) => kind))).toEqual(new Set(['order']));
    expect(reads).toEqual([false, true]);
  });

  it('of HMAC keys overlaps too, also under one id', async () => {
    const { receive } = createReader(async () => ({
      ...SECRET,
      webhookHmacKeys: [
        { id: 'key-1', key: 'older' },
        { id: 'key-1', key: 'hmac-key-one' },
        { id: 'key-2', key: 'newer' },
      ],
    }));
    expect(await receive(hmacHeaders(HEX))).toMatchObject({ kind: 'order' });
    const newer = hmacSignature('newer', BODY, 'base64');
    expect(await receive(hmacHeaders(newer, 'key-2'))).toMatchObject({ kind: 'order' });
  });

  it('strangers make us read the secret every 30 s at most, and unsigned requests never', async () => {
    const { receive, reads, pass } = createReader();
    await receive({ authorization: GOOD });
    await Promise.all(Array.from({ length: 20 }, () => receive({ authorization: 'forged' })));
    pass(29_999);
    await receive({ authorization: 'forged' });
    expect(reads).toEqual([false, true]);
    pass(1);
    for (let call = 0; call < 5; call++) await receive({});
    expect(reads).toEqual([false, true]);
    await receive({ authorization: 'forged' });
    expect(reads).toEqual([false, true, true]);
  });

  it('with the secret store down: known signatures pass, others are told to come back', async () => {
    let isUp = true;
    const { receive } = createReader(async () => {
      if (!isUp) throw new Error('down');
      return SECRET;
    });
    await receive({ authorization: GOOD });
    isUp = false;
    expect(await receive({ authorization: GOOD })).toMatchObject({ kind: 'order' });
    expect(await receive({ authorization: NEW })).toMatchObject({ kind: 'unavailable' });
    expect(await receive({ authorization: NEW })).toMatchObject({ kind: 'unavailable' });
    expect(await receive({ authorization: GOOD })).toMatchObject({ kind: 'order' });
  });

  it('ends: an entry taken out of the secret is refused after five minutes', async () => {
    let secret: unknown = both;
    const { receive, pass } = createReader(async () => secret);
    expect(await receive({ authorization: GOOD })).toMatchObject({ kind: 'order' });
    secret = { ...both, webhookCredentials: both.webhookCredentials.slice(1) };
    pass(300_000);
    expect(await receive({ authorization: GOOD })).toEqual({ kind: 'unauthenticated' });
    expect(await receive({ authorization: NEW })).toMatchObject({ kind: 'order' });
  });
});
