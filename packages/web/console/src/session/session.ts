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

/** Where this tab stands: back from the sign-in page, signed in before it was loaded anew, or signed out. */
export async function startSession(config: SignInConfig): Promise<Start> {
  const address = new URL(window.location.href);
  try {
    if (address.pathname === `${BASE}/signed-in`) {
      const { tokens, then } = await finishSignIn(config, address);
      window.history.replaceState(null, '', then);
      return { kind: 'signed in', session: createSession(config, tokens) };
    }
    const kept = sessionStorage.getItem(KEPT);
    if (kept === null) return { kind: 'signed out', why: undefined };
    return {
      kind: 'signed in',
      session: createSession(config, await refreshTokens(config, kept)),
    };
  } catch (error) {
    // What is not refused may be worth something when the page is loaded anew.
    if (isRefused(error)) sessionStorage.removeItem(KEPT);
    if (address.pathname === `${BASE}/signed-in`) window.history.replaceState(null, '', `${BASE}/`);
    return { kind: 'signed out', why: error instanceof Error ? error.message : String(error) };
  }
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
