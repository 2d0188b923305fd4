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
    expect((await startSession(signIn)).kind).toBe('signed out');
    expect(store.get('console.refresh') ?? null).toBe(left);
  },
);
