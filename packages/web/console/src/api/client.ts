import type { AdminRouteKey } from '@cloudnestle/contracts/admin/routes';
import { setServerTime } from '../parts/use-now.ts';
import { type Session, SignedOut } from '../session/session.ts';
import type { Answers } from './answers.ts';
import { routes } from './routes.ts';
import { ApiTrouble, readTrouble } from './trouble.ts';

export interface Call {
  /** What stands in braces in the route's path. */
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  signal?: AbortSignal;
}

/** Calls one route. Rejects with `ApiTrouble`, whatever goes wrong. */
export type Api = <Key extends AdminRouteKey>(key: Key, call?: Call) => Promise<Answers[Key]>;

/** Longer than API Gateway ever answers. */
const TIMEOUT_MS = 31_000;

export function createApi(apiUrl: string, session: Session): Api {
  return async (key, call = {}) => {
    const answer = await send(apiUrl, session, key, call);
    // A clock that was moved, or a pool that ended the token: one more try with a new one.
    if (answer.status !== 401) return read(answer);
    session.forget();
    return read(await send(apiUrl, session, key, call));
  };
}

async function send(
  apiUrl: string,
  session: Session,
  key: AdminRouteKey,
  { path = {}, query = {}, body, signal }: Call,
): Promise<Response> {
  const { method, path: template } = routes[key];
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  );
  const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(`${apiUrl}${filled}${search}`, {
      method,
      headers: {
        authorization: `Bearer ${await session.token()}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof SignedOut) {
      throw new ApiTrouble('signedOut', 'Your sign-in has ended. Sign in again to go on.');
    }
    if (timeout.aborted) {
      throw new ApiTrouble('timeout', 'The server did not answer within 30 seconds.');
    }
    throw new ApiTrouble('offline', 'The server cannot be reached from this browser.');
  }
}

async function read(response: Response) {
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw readTrouble(response.status, body);
  tellTime(body);
  return body;
}

/** Fields in which an answer says when it was made. */
const moments = ['lookedAt', 'countedAt', 'readAt', 'checkedAt'];

function tellTime(body: unknown): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, value] of Object.entries(body)) {
    if (moments.includes(name) && typeof value === 'string') setServerTime(value);
  }
}
