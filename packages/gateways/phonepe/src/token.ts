import type { Clock } from '@cloudnestle/payments/clock';
import type { SendRequest } from '@cloudnestle/payments/gateway-tools';
import * as z from 'zod';
import type { CredentialStore, PhonePeCredentials } from './credentials.ts';
import { isTryLater, readErrorCode, sendRepeatedly } from './http.ts';
import { parseJsonKeepingDigits, readMoment } from './lenient.ts';
import { orWhenOver, shareFetch, withinBudget } from './waiting.ts';

/** One fetch may outlast the call that began it: others, with time left, are waiting for it too. */
const FETCH_TIMEOUT_MS = 5_000;
/** After a failed refresh the token at hand is used this long before the next is tried. */
const REFRESH_PAUSE_MS = 30_000;
const TOO_SLOW: TokenAnswer = { kind: 'none', reason: 'no token: timed out' };

/** PhonePe's access token. Waits no longer than the signal; never throws. */
export interface TokenSource {
  /** The token at hand, else a new one. Past half its life a new one is fetched meanwhile. */
  current(signal: AbortSignal): Promise<TokenAnswer>;
  /** After PhonePe refused a token (401): a newer one, got with the secret read anew. Shared by concurrent callers. */
  renew(rejected: Token, signal: AbortSignal): Promise<TokenAnswer>;
}

export function createTokenSource(deps: TokenDependencies): TokenSource {
  const { now } = deps;
  const refreshing = shareFetch<TokenAnswer>(now, FETCH_TIMEOUT_MS);
  /** It may wait for a refresh first. */
  const renewing = shareFetch<TokenAnswer>(now, 2 * FETCH_TIMEOUT_MS);
  let kept: Token | undefined;
  let refreshNotBeforeMs = 0;
  let fetches = 0;
  let newestAnswered = 0;
  const nowMs = () => now().getTime();

  const fetchToken = async (fresh: boolean): Promise<TokenAnswer> => {
    fetches += 1;
    const own = fetches;
    const answer = await withinBudget(FETCH_TIMEOUT_MS, (signal) =>
      orWhenOver(signal, requestToken(deps, { fresh }, signal), TOO_SLOW),
    );
    if (own < newestAnswered) return answer;
    newestAnswered = own;
    if (answer.kind === 'token') kept = answer.token;
    else refreshNotBeforeMs = nowMs() + REFRESH_PAUSE_MS;
    return answer;
  };
  const refresh = () => refreshing.joinOrStart(() => fetchToken(false));
  /** A refresh under way may bring the newer token; beginning another beside it could void that one. */
  const renewAfterRefresh = async (rejected: Token): Promise<TokenAnswer> => {
    const refreshed = await refreshing.underWay();
    const isNewer = refreshed?.kind === 'token' && refreshed.token.value !== rejected.value;
    return isNewer ? refreshed : fetchToken(true);
  };

  return {
    async current(signal) {
      const renewal = renewing.underWay();
      if (renewal) return orWhenOver(signal, renewal, TOO_SLOW);
      if (!kept || nowMs() >= kept.expiresAtMs) return orWhenOver(signal, refresh(), TOO_SLOW);
      if (nowMs() >= kept.refreshAtMs && nowMs() >= refreshNotBeforeMs) void refresh();
      return { kind: 'token', token: kept };
    },
    async renew(rejected, signal) {
      if (kept && kept.value !== rejected.value) return { kind: 'token', token: kept };
      const renewal = renewing.joinOrStart(() => renewAfterRefresh(rejected));
      return orWhenOver(signal, renewal, TOO_SLOW);
    },
  };
}

type TokenAnswer = { kind: 'token'; token: Token } | { kind: 'none'; reason: string };

interface TokenDependencies {
  store: CredentialStore;
  send: SendRequest;
  /** The full address of the token endpoint. */
  authUrl: string;
  now: Clock;
  random: () => number;
}

/**
 * Gets a token for the secret's client. Where PhonePe refuses the client, the secret may have been rotated: it is read
 * again and, if it changed, tried once more. `fresh` reads it again to begin with.
 */
async function requestToken(
  deps: TokenDependencies,
  { fresh }: { fresh: boolean },
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const first = await (fresh ? deps.store.reread() : deps.store.current());
  if (first.kind === 'unavailable') return { kind: 'none', reason: first.reason };
  const answer = await exchange(deps, first.credentials, signal);
  if (answer.kind !== 'refused' || fresh) return toTokenAnswer(answer);
  const second = await deps.store.reread();
  if (second.kind === 'unavailable' || isSameClient(first.credentials, second.credentials)) {
    return toTokenAnswer(answer);
  }
  return toTokenAnswer(await exchange(deps, second.credentials, signal));
}

type Exchange = TokenAnswer | { kind: 'refused'; reason: string };

async function exchange(
  { send, authUrl, now, random }: TokenDependencies,
  credentials: PhonePeCredentials,
  signal: AbortSignal,
): Promise<Exchange> {
  const request = {
    method: 'POST' as const,
    url: authUrl,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: buildForm(credentials),
    connection: 'kept' as const,
  };
  const askedAt = now();
  const answer = await sendRepeatedly(() => send(request, signal), { random, signal });
  if (answer.kind === 'failed') return { kind: 'none', reason: `no token: ${answer.reason}` };
  const { status, body } = answer;
  if (status >= 400) {
    const code = readErrorCode(body, status);
    // Where the answer names no code of its own, that is the status again.
    const reason = code === String(status) ? `no token: ${status}` : `no token: ${status} ${code}`;
    return { kind: isTryLater(status) ? 'none' : 'refused', reason };
  }
  const token = readToken(body, askedAt);
  return token ? { kind: 'token', token } : { kind: 'none', reason: 'no token: unreadable answer' };
}

function buildForm(credentials: PhonePeCredentials): string {
  return new URLSearchParams({
    client_id: credentials.clientId,
    client_version: String(credentials.clientVersion),
    client_secret: credentials.clientSecret,
    grant_type: 'client_credentials',
  }).toString();
}

function isSameClient(a: PhonePeCredentials, b: PhonePeCredentials): boolean {
  return buildForm(a) === buildForm(b);
}

function toTokenAnswer(answer: Exchange): TokenAnswer {
  return answer.kind === 'refused' ? { kind: 'none', reason: answer.reason } : answer;
}

const FALLBACK_LIFE_MS = 300_000;

export interface Token {
  value: string;
  /** Half its life: from here on a new one is fetched. */
  refreshAtMs: number;
  expiresAtMs: number;
}

const tokenSchema = z.object({
  /** Goes into a header: nothing but visible ASCII. */
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  issued_at: z.unknown().optional(),
  expires_at: z.unknown().optional(),
  /** May be null, so it is only asked where expires_at is missing. */
  expires_in: z.number().positive().optional().catch(undefined),
});

/**
 * Reads PhonePe's token answer. Its times are epoch seconds of PhonePe's clock; where they do not fit this clock (issued in
 * the future, expired already), only the length of the life is believed, counted from when it was asked for: the answer
 * may have waited in a frozen container since.
 */
export function readToken(body: string, askedAt: Date): Token | undefined {
  const parsed = tokenSchema.safeParse(parseJsonKeepingDigits(body));
  if (!parsed.success) return undefined;
  const answer = parsed.data;
  const askedAtMs = askedAt.getTime();
  const issuedAtMs = readMoment(answer.issued_at)?.getTime() ?? askedAtMs;
  const expiresAtMs = readMoment(answer.expires_at)?.getTime();
  const spokenLifeMs = answer.expires_in ? answer.expires_in * 1000 : FALLBACK_LIFE_MS;
  const lifeMs = expiresAtMs === undefined ? spokenLifeMs : Math.max(expiresAtMs - issuedAtMs, 0);
  const clocksAgree = issuedAtMs <= askedAtMs && askedAtMs < issuedAtMs + lifeMs;
  const startMs = clocksAgree ? issuedAtMs : askedAtMs;
  return {
    value: answer.access_token,
    refreshAtMs: startMs + lifeMs / 2,
    expiresAtMs: startMs + lifeMs,
  };
}
