import type { Clock } from '@cloudnestle/payments/clock';
import type { CredentialStore } from '../credential-store.ts';
import type { PhonePeCredentials } from '../credentials.ts';
import { readErrorCode } from '../http/error-code.ts';
import { isTryLater, sendRepeatedly } from '../http/send-repeatedly.ts';
import type { SendRequest } from '../http/send-request.ts';
import { readToken, type Token } from './token.ts';

export type TokenAnswer = { kind: 'token'; token: Token } | { kind: 'none'; reason: string };

export interface TokenDependencies {
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
export async function requestToken(
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
