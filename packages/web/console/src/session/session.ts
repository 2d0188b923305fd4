import { BASE, type SignInConfig } from '../app/config.ts';
import {
  beginSignIn,
  finishSignIn,
  isRefused,
  leave,
  refreshTokens,
  type Tokens,
} from './sign-in.ts';

/** Who is signed in, as the API is told. */
export interface Session {
  /** The id token; a new one where the last is about to end. Rejects with `SignedOut` where there is none to be had. */
  token(): Promise<string>;
  /** The API has refused the token: the next is a new one. */
  forget(): void;
  signOut(): void;
}

export class SignedOut extends Error {}

export type Start =
  | { kind: 'signed in'; session: Session }
  | { kind: 'signed out'; why: string | undefined };

/** A token that ends sooner is not sent any more. */
const MARGIN_MS = 60_000;
/** Kept for this tab, and only for as long as it is open; the id token lives in memory alone. */
const KEPT = 'console.refresh';

/** Names the sign-in that this tab keeps. A duplicated tab brings a copy of both along. */
const OWNER = 'console.sign-in-of';
/** A page that is loaded anew gives its lock up within this time. */
const LOCK_MS = 2000;

/**
 * Whether the sign-in of that name is this tab's alone, from now on until it is closed. A refresh token is good for one use: two tabs
 * that share one would sign each other out. Where the browser has no locks, nothing can be said against it.
 */
function own(name: string): Promise<boolean> {
  // There are none where the page is not served safely.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    const options = { signal: AbortSignal.timeout(LOCK_MS) };
    locks.request(`console.${name}`, options, hold).catch(() => resolve(false));
  });
}

/** Where this tab stands: back from the sign-in page, signed in before it was loaded anew, or signed out. */
export async function startSession(config: SignInConfig): Promise<Start> {
  const address = new URL(window.location.href);
  try {
    if (address.pathname === `${BASE}/signed-in`) {
      const { tokens, then } = await finishSignIn(config, address);
      window.history.replaceState(null, '', then);
      const name = crypto.randomUUID();
      sessionStorage.setItem(OWNER, name);
      await own(name);
      return { kind: 'signed in', session: createSession(config, tokens) };
    }
    const kept = sessionStorage.getItem(KEPT);
    if (kept === null) return { kind: 'signed out', why: undefined };
    if (!(await own(sessionStorage.getItem(OWNER) ?? ''))) {
      sessionStorage.removeItem(KEPT);
      return { kind: 'signed out', why: COPIED };
    }
    return {
      kind: 'signed in',
      session: createSession(config, await refreshTokens(config, kept)),
    };
  } catch (error) {
    // What is not refused may be worth something when the page is loaded anew.
    if (isRefused(error)) sessionStorage.removeItem(KEPT);
    if (address.pathname === `${BASE}/signed-in`) window.history.replaceState(null, '', `${BASE}/`);
    return { kind: 'signed out', why: describe(error) };
  }
}

const COPIED =
  'This tab is a copy of another one, and a sign-in is one tab’s. Sign in here as well.';

function describe(error: unknown): string {
  if (isRefused(error)) return 'Your sign-in has ended, or was used elsewhere. Sign in again.';
  return `The sign-in has not worked: ${error instanceof Error ? error.message : String(error)}`;
}

/** Leaves for the sign-in page, and comes back to the address that is shown now. */
export function signIn(config: SignInConfig): Promise<void> {
  const { pathname, search } = window.location;
  return beginSignIn(config, `${pathname}${search}`);
}

function createSession(config: SignInConfig, first: Tokens): Session {
  let tokens: Tokens | undefined = keep(first);
  let renewing: Promise<Tokens> | undefined;
  const renew = (): Promise<Tokens> => {
    const refreshToken = tokens?.refreshToken;
    if (refreshToken === undefined) return Promise.reject(new SignedOut());
    // A refresh token is good for one use: calls that ask meanwhile wait for the same answer.
    renewing ??= refreshTokens(config, refreshToken)
      .then((renewed) => {
        tokens = keep(renewed);
        return renewed;
      })
      .catch((error: unknown) => {
        // Offline is not signed out, and neither is a user pool that is busy.
        if (!isRefused(error)) throw error;
        tokens = undefined;
        sessionStorage.removeItem(KEPT);
        throw new SignedOut();
      })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };
  return {
    token: async () => {
      const isFresh = tokens && tokens.expiresAtMs - performance.now() > MARGIN_MS;
      return (isFresh && tokens ? tokens : await renew()).idToken;
    },
    forget: () => {
      if (tokens) tokens = { ...tokens, expiresAtMs: 0 };
    },
    signOut: () => {
      tokens = undefined;
      sessionStorage.removeItem(KEPT);
      leave(config);
    },
  };
}

function keep(tokens: Tokens): Tokens {
  if (tokens.refreshToken === undefined) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, tokens.refreshToken);
  return tokens;
}
