import { withinBudget } from '../http/budget.ts';
import { sendRepeatedly } from '../http/send-repeatedly.ts';
import type { HttpAnswer, SendRequest } from '../http/send-request.ts';
import type { Token } from '../token/token.ts';
import type { TokenSource } from '../token/token-source.ts';

export interface ApiCall {
  method: 'GET' | 'POST';
  /** Below the base address; its ids are encoded already. */
  path: string;
  body?: unknown;
  /** Whether PhonePe may execute it twice: only then is a failed try repeated. */
  repeatable: boolean;
}

/** One question to PhonePe with a valid token; `timeoutMs` bounds token, retries and all. Never throws. */
export type CallApi = (call: ApiCall, timeoutMs: number) => Promise<HttpAnswer>;

export interface ApiDependencies {
  tokens: TokenSource;
  send: SendRequest;
  baseUrl: string;
  random: () => number;
}

/** A 401 was not executed: after one renewal of the token the call is made once more, whatever its kind. */
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
