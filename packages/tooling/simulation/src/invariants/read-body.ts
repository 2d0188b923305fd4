import type { HttpCall } from '../parts/http.ts';

/** What a call's body says as JSON; undefined where it is none. */
export function readJson(body: HttpCall['body']): unknown {
  if (!(body instanceof Uint8Array)) return body;
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
