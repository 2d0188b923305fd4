import type { Unreachable } from '@cloudnestle/payments/gateway';
import type { HttpAnswer, SendRequest } from '@cloudnestle/payments/gateway-tools';
import { isTryLater, readErrorCode, sendRepeatedly } from './http.ts';
import { parseJsonKeepingDigits } from './lenient.ts';
import type { Token, TokenSource } from './token.ts';
import { withinBudget } from './waiting.ts';

interface ApiCall {
  method: 'GET' | 'POST';
  /** Below the base address; its ids are encoded already. */
  path: string;
  body?: unknown;
  /** Whether PhonePe may execute it twice: only then is a failed try repeated. */
  repeatable: boolean;
}

/** One question to PhonePe with a valid token; `timeoutMs` bounds token, retries and all. Never throws. */
export type CallApi = (call: ApiCall, timeoutMs: number) => Promise<HttpAnswer>;

interface ApiDependencies {
  tokens: TokenSource;
  send: SendRequest;
  baseUrl: string;
  random: () => number;
}

/**
 * A 401 was not executed: after one renewal of the token the call is made once more, also one that must not be
 * repeated.
 */
export function createCallApi({ tokens, send, baseUrl, random }: ApiDependencies): CallApi {
  const base = baseUrl.replace(/\/+$/, '');

  const sendWith = (token: Token, call: ApiCall, signal: AbortSignal): Promise<HttpAnswer> => {
    const request = {
      method: call.method,
      url: base + call.path,
      headers: buildHeaders(token),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      connection: call.repeatable ? ('kept' as const) : ('fresh' as const),
    };
    const sendOnce = () => send(request, signal);
    return call.repeatable ? sendRepeatedly(sendOnce, { random, signal }) : sendOnce();
  };

  return (call, timeoutMs) =>
    withinBudget(timeoutMs, async (signal) => {
      const got = await tokens.current(signal);
      if (got.kind === 'none') return notSent(got.reason);
      const first = await sendWith(got.token, call, signal);
      if (first.kind === 'failed' || first.status !== 401) return first;
      const renewed = await tokens.renew(got.token, signal);
      if (renewed.kind === 'none') return notSent(renewed.reason);
      return sendWith(renewed.token, call, signal);
    });
}

/** PhonePe wants its own scheme, and a JSON content type on questions without a body too. */
function buildHeaders(token: Token): Record<string, string> {
  return {
    authorization: `O-Bearer ${token.value}`,
    'content-type': 'application/json',
    accept: 'application/json',
  };
}

function notSent(reason: string): HttpAnswer {
  return { kind: 'failed', mayHaveArrived: false, reason };
}

interface StatusQuestion<Found> {
  /** The path with its id in place; undefined where no path can be made of the id. */
  path: string | undefined;
  timeoutMs: number;
  /** PhonePe's codes for an id it does not know, with any 4xx. */
  unknownIdCodes: ReadonlySet<string>;
  /** Reads a good answer; undefined where it says neither state nor amount. */
  read(json: unknown): Found | undefined;
}

type StatusAnswer<Found> =
  | Found
  | { kind: 'notFound' }
  | { kind: 'refused'; code: string; httpStatus: number }
  | Unreachable;

/**
 * Asks for an order's or a refund's status. Only PhonePe's own words make it `notFound`: a bare 404 may be a wrong
 * address, and what is taken for unknown may be made anew.
 */
export async function askStatus<Found>(
  callApi: CallApi,
  { path, timeoutMs, unknownIdCodes, read }: StatusQuestion<Found>,
): Promise<StatusAnswer<Found>> {
  if (!path) return { kind: 'notFound' };
  const answer = await callApi({ method: 'GET', path, repeatable: true }, timeoutMs);
  if (answer.kind === 'failed') return { kind: 'unreachable', reason: answer.reason };
  const { status, body } = answer;
  const found = status < 300 ? read(parseJsonKeepingDigits(body)) : undefined;
  if (found) return found;
  const code = readErrorCode(body, status);
  if (isTryLater(status)) return { kind: 'unreachable', reason: `${status} ${code}` };
  if (unknownIdCodes.has(code)) return { kind: 'notFound' };
  if (status >= 400) return { kind: 'refused', code, httpStatus: status };
  return { kind: 'unreachable', reason: 'unreadable answer', isAnswered: true };
}

/** An id as one part of a path; undefined for what a path cannot carry: nothing, and the two words for "go up". */
export function toPathSegment(id: string): string | undefined {
  return ['', '.', '..'].includes(id) ? undefined : encodeURIComponent(id.toWellFormed());
}
