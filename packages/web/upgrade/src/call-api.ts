/** What came of one call. Never throws: a page has words for every one of these. */
export type Answer =
  | { kind: 'answered'; status: number; body: unknown; retryAfterMs: number | undefined }
  | { kind: 'unreachable' }
  | { kind: 'aborted' };

export interface CallOptions {
  fetch: typeof fetch;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** Calls the API with or without a JSON body. An answer that is no JSON is `unreachable`: it came from something in between. */
export async function callApi(
  url: string,
  body: unknown,
  { fetch, timeoutMs, signal }: CallOptions,
): Promise<Answer> {
  const ended = new AbortController();
  const end = () => ended.abort();
  // `AbortSignal.any` and `.timeout` are younger than the browsers that buyers have.
  const timer = setTimeout(end, timeoutMs);
  signal?.addEventListener('abort', end);
  try {
    if (signal?.aborted) return { kind: 'aborted' };
    const response = await fetch(url, {
      cache: 'no-store',
      signal: ended.signal,
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
            // Arrives though the buyer leaves the page.
            keepalive: true,
          }),
    });
    const seconds = Number(response.headers.get('retry-after'));
    return {
      kind: 'answered',
      status: response.status,
      body: await response.json(),
      retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
    };
  } catch {
    return { kind: signal?.aborted ? 'aborted' : 'unreachable' };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** An answer's body as what the API promises; anything but an object is an empty one. */
export function readBody<T extends object>(body: unknown): Partial<T> {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Resolves after `ms`, or at once where `signal` ends the waiting. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
}
