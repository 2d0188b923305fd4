/** One call that a client made. */
export interface Call {
  path: string;
  body: unknown;
  signal: AbortSignal | undefined;
}

type Reply = Response | Promise<Response> | 'unreachable';

/** An API that answers as `reply` says, and notes what it was asked. */
export function createFakeApi(reply: (call: Call) => Reply) {
  const calls: Call[] = [];
  const fakeFetch: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input), 'http://api.test');
    const body = init?.body === undefined ? undefined : JSON.parse(String(init.body));
    const call = { path: pathname, body, signal: init?.signal ?? undefined };
    calls.push(call);
    const ended = new Promise<never>((_, reject) => {
      call.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
    const answer = await Promise.race([reply(call), ended]);
    if (answer === 'unreachable') throw new TypeError('Failed to fetch');
    return answer;
  };
  return { calls, fetch: fakeFetch };
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

export const refusal = (status: number, code: string, more: object = {}) =>
  json(status, {
    success: false,
    message: `words of ${code}`,
    error: { code },
    requestId: 'req-1',
    ...more,
  });
