import { afterEach, describe, expect, it } from 'vitest';
import { readFixture } from './testing/fixtures.ts';
import { createTestGateway, SECRET, servePhonePe, tokenReply } from './testing/phonepe-server.ts';
import { hang, type Received, type Reply, reset } from './testing/serve.ts';
import { readToken } from './token.ts';

const PENDING = { body: { state: 'PENDING', amount: 100 } };
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A gateway, its PhonePe, and a clock that is moved by hand. */
async function start(options: {
  api?: (request: Received) => Reply;
  token?: (request: Received, count: number) => Reply;
  readCredentials?: (read: { fresh: boolean }) => Promise<unknown>;
}) {
  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const phonePe = await servePhonePe(
    options.api ?? (() => PENDING),
    options.token ?? ((_request, count) => tokenReply(count, now())),
  );
  closers.push(phonePe.close);
  const { readCredentials } = options;
  const { gateway, reads } = createTestGateway(phonePe.url, {
    now,
    ...(readCredentials ? { readCredentials } : {}),
  });
  const ask = (timeoutMs = 60_000) => gateway.orderStatus('MO-1', { timeoutMs });
  const usedTokens = () => phonePe.apiCalls().map(({ headers }) => headers.authorization);
  const pass = (ms: number) => {
    passedMs += ms;
  };
  return { ...phonePe, gateway, reads, ask, usedTokens, pass };
}

describe('the token', () => {
  it('is asked for as PhonePe wants it', async () => {
    const { ask, tokenCalls, usedTokens } = await start({});
    await ask();
    const [call] = tokenCalls();
    expect(call).toMatchObject({ method: 'POST', path: '/auth/v1/oauth/token' });
    expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      client_id: SECRET.clientId,
      client_version: '3',
      client_secret: SECRET.clientSecret,
      grant_type: 'client_credentials',
    });
    expect(usedTokens()).toEqual(['O-Bearer token-1']);
  });

  it('is fetched once for concurrent callers and kept for the next', async () => {
    const { ask, tokenCalls, reads } = await start({});
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    await ask();
    expect(tokenCalls()).toHaveLength(1);
    expect(reads).toEqual([false]);
  });

  it('is used until half its life and then renewed without making a caller wait', async () => {
    const { ask, tokenCalls, usedTokens, pass } = await start({});
    await ask();
    pass(1_790_000);
    await ask();
    expect(tokenCalls()).toHaveLength(1);
    pass(20_000);
    await Promise.all([ask(), ask(), ask()]);
    await expect.poll(tokenCalls).toHaveLength(2);
    const used = async () => {
      await ask();
      return usedTokens().at(-1);
    };
    await expect.poll(used).toBe('O-Bearer token-2');
    expect(tokenCalls()).toHaveLength(2);
  });

  it('is waited for once it has expired', async () => {
    const { ask, usedTokens, pass } = await start({});
    await ask();
    pass(3_601_000);
    await ask();
    expect(usedTokens()).toEqual(['O-Bearer token-1', 'O-Bearer token-2']);
  });

  it('is kept while it lives where renewing fails, which is tried every 30 s', async () => {
    let isUp = true;
    const { ask, tokenCalls, usedTokens, pass } = await start({
      token: (_request, count) => (isUp ? tokenReply(count) : { status: 400 }),
    });
    await ask();
    isUp = false;
    pass(1_900_000);
    for (let call = 0; call < 4; call++) {
      expect(await ask()).toMatchObject({ kind: 'found' });
      await expect.poll(tokenCalls).toHaveLength(2);
    }
    pass(31_000);
    await ask();
    await expect.poll(tokenCalls).toHaveLength(3);
    expect(new Set(usedTokens())).toEqual(new Set(['O-Bearer token-1']));
    pass(1_800_000);
    expect(await ask()).toEqual({ kind: 'unreachable', reason: 'no token: 400 HTTP_400' });
  });

  it.each([
    ['5xx', { status: 503 }],
    ['429', { status: 429 }],
    ['a cut connection', reset],
  ])('is asked for again after %s', async (_title, fault: Reply) => {
    const { ask, tokenCalls } = await start({
      token: (_request, count) => (count === 1 ? fault : tokenReply(count)),
    });
    expect(await ask()).toMatchObject({ kind: 'found' });
    expect(tokenCalls()).toHaveLength(2);
  });

  it('that does not come in time costs no more than the caller has', async () => {
    const { ask, apiCalls } = await start({ token: () => hang });
    expect(await ask(150)).toEqual({ kind: 'unreachable', reason: 'no token: timed out' });
    expect(apiCalls()).toHaveLength(0);
  });

  it('that is late serves the callers still waiting for it', async () => {
    let release = () => {};
    const { ask, tokenCalls } = await start({
      token: (_request, count) => (response) => {
        release = () => {
          const reply = tokenReply(count);
          response.end(JSON.stringify(typeof reply === 'function' ? {} : reply.body));
        };
      },
    });
    const impatient = ask(100);
    const patient = ask(60_000);
    expect(await impatient).toMatchObject({ kind: 'unreachable' });
    release();
    expect(await patient).toMatchObject({ kind: 'found' });
    expect(tokenCalls()).toHaveLength(1);
  });

  it.each([
    ['no JSON', { body: 'R999' }],
    ['nothing usable', { body: { access_token: '' } }],
    ['a redirect', { status: 302 }],
  ])('is none where the answer is %s', async (_title, reply: Reply) => {
    const { ask } = await start({ token: () => reply });
    expect(await ask()).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringMatching(/no token/),
    });
  });
});

describe('a rotated client secret', () => {
  const rotated = { ...SECRET, clientSecret: 'rotated' };
  const refuseOld = (request: Received, count: number) =>
    request.body.includes('client_secret=rotated')
      ? tokenReply(count)
      : { status: 401, body: { code: 'UNAUTHORIZED' } };

  it('is found by reading the secret again when the token is refused', async () => {
    const { ask, reads, tokenCalls } = await start({
      token: refuseOld,
      readCredentials: async ({ fresh }) => (fresh ? rotated : SECRET),
    });
    expect(await ask()).toMatchObject({ kind: 'found' });
    expect(reads).toEqual([false, true]);
    expect(tokenCalls()).toHaveLength(2);
  });

  it('is not tried twice where the secret is still the refused one', async () => {
    const { ask, tokenCalls } = await start({ token: refuseOld });
    expect(await ask()).toEqual({ kind: 'unreachable', reason: 'no token: 401 UNAUTHORIZED' });
    expect(tokenCalls()).toHaveLength(1);
  });

  it('is found when the API refuses the token, by one of all concurrent callers', async () => {
    let secret: unknown = SECRET;
    const { ask, reads, tokenCalls, usedTokens } = await start({
      api: ({ headers }) =>
        headers.authorization === 'O-Bearer token-1' && secret === rotated
          ? { status: 401 }
          : PENDING,
      readCredentials: async () => secret,
    });
    await ask();
    secret = rotated;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(answers.every(({ kind }) => kind === 'found')).toBe(true);
    expect(reads).toEqual([false, true]);
    expect(tokenCalls()).toHaveLength(2);
    expect(tokenCalls()[1]?.body).toContain('client_secret=rotated');
    expect(usedTokens().filter((token) => token === 'O-Bearer token-2')).toHaveLength(20);
  });

  it('leads to one retry, not to a loop, where the new token is refused too', async () => {
    const { ask, apiCalls, tokenCalls } = await start({ api: () => ({ status: 401 }) });
    expect(await ask()).toEqual({ kind: 'refused', code: 'HTTP_401', httpStatus: 401 });
    expect(apiCalls()).toHaveLength(2);
    expect(tokenCalls()).toHaveLength(2);
  });

  it('is said to be unreachable where no new token is to be had', async () => {
    const { ask } = await start({
      api: () => ({ status: 401 }),
      token: (_request, count) => (count === 1 ? tokenReply(1) : { status: 403 }),
    });
    expect(await ask()).toEqual({ kind: 'unreachable', reason: 'no token: 403 HTTP_403' });
  });
});

describe('without credentials', () => {
  it('nothing is sent, and the reason names the missing key', async () => {
    const { gateway, server } = await start({
      readCredentials: async () => ({ ...SECRET, clientSecret: undefined }),
    });
    const answer = await gateway.orderStatus('MO-1', { timeoutMs: 1_000 });
    expect(answer).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringMatching(/clientSecret/),
    });
    expect(server.received).toHaveLength(0);
  });

  it('a secret store that hangs costs no more than the caller has', async () => {
    const { ask } = await start({ readCredentials: () => new Promise(() => {}) });
    expect(await ask(100)).toMatchObject({ kind: 'unreachable' });
  });
});

const ISSUED_AT = 1753418624;

function read(answer: Record<string, unknown>, nowSeconds = ISSUED_AT) {
  const body = JSON.stringify({ access_token: 'abc', ...answer });
  const token = readToken(body, new Date(nowSeconds * 1000));
  return (
    token && {
      refreshInSeconds: token.refreshAtMs / 1000 - nowSeconds,
      expiresInSeconds: token.expiresAtMs / 1000 - nowSeconds,
    }
  );
}

describe('the life of a token', () => {
  it("is half used at half time (PhonePe's captured answer)", () => {
    const body = readFixture('oauth-response-one-hour').toString();
    const token = readToken(body, new Date(ISSUED_AT * 1000));
    expect(token).toMatchObject({
      refreshAtMs: (ISSUED_AT + 1800) * 1000,
      expiresAtMs: (ISSUED_AT + 3600) * 1000,
    });
    expect(token?.value).toMatch(/^eyJ/);
  });

  it('counts from when it was issued, not from when it came', () => {
    const times = { issued_at: ISSUED_AT, expires_at: ISSUED_AT + 3600 };
    expect(read(times, ISSUED_AT + 600)).toEqual({
      refreshInSeconds: 1200,
      expiresInSeconds: 3000,
    });
  });

  it.each([-7200, 7200])('counts from now where the clocks are %d s apart', (apart) => {
    const times = { issued_at: ISSUED_AT + apart, expires_at: ISSUED_AT + apart + 3600 };
    expect(read(times)).toEqual({ refreshInSeconds: 1800, expiresInSeconds: 3600 });
  });

  it('does without expires_in, issued_at or all of them', () => {
    const halfAndWhole = (seconds: number) => ({
      refreshInSeconds: seconds / 2,
      expiresInSeconds: seconds,
    });
    const times = { issued_at: ISSUED_AT, expires_at: ISSUED_AT + 600, expires_in: null };
    expect(read(times)).toEqual(halfAndWhole(600));
    expect(read({ expires_at: String(ISSUED_AT + 600) })).toEqual(halfAndWhole(600));
    expect(read({ expires_in: 600 })).toEqual(halfAndWhole(600));
    expect(read({})).toEqual(halfAndWhole(300));
  });
});

describe('what is no token', () => {
  it.each(['', 'a b', 'a\nb', 'ü', null, 7, undefined])('%j', (value) => {
    expect(readToken(JSON.stringify({ access_token: value }), new Date())).toBeUndefined();
  });

  it.each(['', 'R999', '<html>', '[]', 'null'])('the body %j', (body) => {
    expect(readToken(body, new Date())).toBeUndefined();
  });
});
