import { describe, expect, it } from 'vitest';
import { createCredentialStore, parsePhonePeCredentials } from './credentials.ts';
import { SECRET } from './testing/phonepe-server.ts';

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

function createStore(read: (fresh: boolean) => Promise<unknown>) {
  let nowMs = Date.UTC(2025, 10, 23);
  const reads: boolean[] = [];
  const store = createCredentialStore({
    readCredentials: ({ fresh }) => {
      reads.push(fresh);
      return read(fresh);
    },
    now: () => new Date(nowMs),
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { store, reads, pass };
}

describe('the secret in memory', () => {
  it('is read once for many callers, and not again while it is young', async () => {
    const { store, reads, pass } = createStore(async () => SECRET);
    const answers = await Promise.all(Array.from({ length: 10 }, () => store.current()));
    expect(answers.every((answer) => answer.kind === 'credentials')).toBe(true);
    pass(299_999);
    await store.current();
    expect(reads).toEqual([false]);
  });

  it('is read again after five minutes, so that a removed entry stops working', async () => {
    let secret: unknown = SECRET;
    const { store, reads, pass } = createStore(async () => secret);
    await store.current();
    secret = { ...SECRET, webhookCredentials: [] };
    pass(300_000);
    const answer = await store.current();
    expect(answer).toMatchObject({ credentials: { webhookCredentials: [] } });
    expect(reads).toEqual([false, true]);
  });

  it('outlives an outage of the secret store, which is asked every 30 s at most', async () => {
    let isUp = true;
    const { store, reads, pass } = createStore(async () => {
      if (!isUp) throw new Error('down');
      return SECRET;
    });
    await store.current();
    isUp = false;
    pass(300_000);
    for (let call = 0; call < 5; call++) {
      expect(await store.current()).toMatchObject({ kind: 'credentials' });
    }
    expect(reads).toEqual([false, true]);
    pass(30_000);
    await store.current();
    expect(reads).toEqual([false, true, true]);
  });

  it('is re-read at most every 30 s, by one of the concurrent callers', async () => {
    const { store, reads, pass } = createStore(async () => SECRET);
    await store.current();
    await Promise.all(Array.from({ length: 10 }, () => store.rereadUnlessRecent()));
    pass(29_999);
    await store.rereadUnlessRecent();
    expect(reads).toEqual([false, true]);
    pass(1);
    await store.rereadUnlessRecent();
    expect(reads).toEqual([false, true, true]);
  });

  it('names what went wrong by the kind of error, never by its words', async () => {
    const { store } = createStore(async () => {
      throw Object.assign(new Error('secret value hush-7731'), { name: 'AccessDeniedException' });
    });
    const answer = await store.current();
    expect(answer).toMatchObject({ kind: 'unavailable' });
    expect(JSON.stringify(answer)).toContain('AccessDeniedException');
    expect(JSON.stringify(answer)).not.toContain('hush-7731');
  });

  it('survives a reader that throws at once', async () => {
    const { store } = createStore(() => {
      throw new TypeError('not a promise');
    });
    expect(await store.current()).toMatchObject({ kind: 'unavailable' });
  });

  it('is not waited for where its read was frozen with the container, and older news replace no newer', async () => {
    const answers: ((secret: unknown) => void)[] = [];
    const { store, pass } = createStore(() => new Promise((resolve) => answers.push(resolve)));
    const frozen = store.reread();
    pass(3_600_000);
    const thawed = store.reread();
    expect(answers).toHaveLength(2);
    answers[1]?.({ ...SECRET, merchantId: 'NEW' });
    expect(await thawed).toMatchObject({ credentials: { merchantId: 'NEW' } });
    answers[0]?.({ ...SECRET, merchantId: 'OLD' });
    await frozen;
    expect(await store.current()).toMatchObject({ credentials: { merchantId: 'NEW' } });
  });
});
