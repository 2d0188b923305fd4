import { describe, expect, it } from 'vitest';
import { SECRET } from '../test/phonepe-server.ts';
import { parsePhonePeCredentials } from './credentials.ts';

/** The secret as the mission's document has it. */
const MISSION = {
  clientId: 'your-phonepe-client-id',
  clientSecret: 'your-phonepe-client-secret',
  merchantId: 'your-merchant-id',
  saltKey: 'your-salt-key',
  saltIndex: '1',
};

describe('the secret', () => {
  it("is complete with the mission's fields", () => {
    expect(parsePhonePeCredentials(MISSION)).toEqual({
      kind: 'credentials',
      credentials: {
        ...MISSION,
        clientVersion: 1,
        webhookCredentials: [],
        webhookHmacKeys: [],
      },
    });
  });

  it('is read from its JSON text too', () => {
    const parsed = parsePhonePeCredentials(JSON.stringify(SECRET));
    expect(parsed).toEqual({ kind: 'credentials', credentials: SECRET });
  });

  it.each([
    [2, 2],
    ['2', 2],
    [null, 1],
  ])('takes %j for client version %d', (written, version) => {
    const parsed = parsePhonePeCredentials({ ...MISSION, clientVersion: written });
    expect(parsed).toMatchObject({ credentials: { clientVersion: version } });
  });

  it('needs no salt', () => {
    const { saltKey: _key, saltIndex: _index, ...unsalted } = MISSION;
    expect(parsePhonePeCredentials(unsalted).kind).toBe('credentials');
  });
});

describe('a malformed secret names the key and never its value', () => {
  const value = 'hush-7731';
  const cases: [string, unknown, string[]][] = [
    ['missing', { ...MISSION, clientSecret: undefined }, ['clientSecret']],
    ['empty', { ...MISSION, merchantId: '', clientId: 7 }, ['clientId', 'merchantId']],
    ['version', { ...MISSION, clientVersion: value }, ['clientVersion']],
    [
      'webhook user',
      { ...SECRET, webhookCredentials: [{ username: 'a', password: 'b' }, { username: value }] },
      ['webhookCredentials.1.password'],
    ],
    ['hmac keys', { ...SECRET, webhookHmacKeys: value }, ['webhookHmacKeys']],
    ['no JSON', `${value} {`, []],
    ['nothing', undefined, []],
  ];
  it.each(cases)('%s', (_title, secret, keys) => {
    const parsed = parsePhonePeCredentials(secret);
    if (parsed.kind !== 'malformed') throw new Error('taken for a good secret');
    expect(parsed.keys).toEqual(keys);
    expect(parsed.reason).toContain('marketplace/phonepe/credentials');
    for (const key of keys) expect(parsed.reason).toContain(key);
    expect(JSON.stringify(parsed)).not.toContain(value);
    expect(JSON.stringify(parsed)).not.toContain(MISSION.clientSecret);
  });
});
