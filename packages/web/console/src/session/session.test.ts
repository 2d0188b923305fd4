import { afterEach, expect, it, vi } from 'vitest';
import { startSession } from './session.ts';

afterEach(() => vi.unstubAllGlobals());

const signIn = {
  ...{ issuer: 'http://127.0.0.1/pool', clientId: 'console', authorizeUrl: 'http://127.0.0.1/a' },
  ...{ tokenUrl: 'http://127.0.0.1/t', logoutUrl: 'http://127.0.0.1/l' },
};

it.each([
  [
    'that is busy',
    () => Response.json({ error: 'temporarily_unavailable' }, { status: 503 }),
    'kept',
  ],
  ['that cannot be reached', () => Promise.reject(new TypeError('fetch failed')), 'kept'],
  [
    'that refuses the token',
    () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
    null,
  ],
])(
  'a user pool %s signs an operator out for good only where it says so',
  async (_, answer, left) => {
    const store = new Map([['console.refresh', 'kept']]);
    vi.stubGlobal('window', { location: new URL('http://127.0.0.1/console/now') });
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => store.get(name) ?? null,
      removeItem: (name: string) => store.delete(name),
    });
    vi.stubGlobal('fetch', vi.fn(answer));
    vi.stubGlobal('navigator', {});
    expect((await startSession(signIn)).kind).toBe('signed out');
    expect(store.get('console.refresh') ?? null).toBe(left);
  },
);

it('a copy of a tab spends nothing of the first one’s sign-in, and says what to do', async () => {
  const store = new Map([
    ['console.refresh', 'kept'],
    ['console.sign-in-of', 'first'],
  ]);
  vi.stubGlobal('window', { location: new URL('http://127.0.0.1/console/now') });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    removeItem: (name: string) => store.delete(name),
  });
  const asked: string[] = [];
  const request = async (name: string) => {
    asked.push(name);
    throw new DOMException('another tab has it', 'TimeoutError');
  };
  vi.stubGlobal('navigator', { locks: { request } });
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  expect(await startSession(signIn)).toEqual({
    kind: 'signed out',
    why: expect.stringContaining('a copy of another one'),
  });
  expect([asked, fetched.mock.calls]).toEqual([['console.first'], []]);
});
