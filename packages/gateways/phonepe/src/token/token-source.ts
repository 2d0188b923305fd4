import { orWhenOver, withinBudget } from '../http/budget.ts';
import { shareFetch } from '../share-fetch.ts';
import { requestToken, type TokenAnswer, type TokenDependencies } from './request-token.ts';
import type { Token } from './token.ts';

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
