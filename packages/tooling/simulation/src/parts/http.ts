import { parseJson } from '@cloudnestle/contracts/json';
import type { HttpFunctionName } from '@cloudnestle/topology/types';
import type { Actor } from '../time/actor.ts';

/** A call from outside. */
export interface HttpCall {
  function: HttpFunctionName;
  method: 'GET' | 'POST';
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  body?: Uint8Array | object;
  pathParameters?: Record<string, string>;
  query?: Record<string, string>;
  /** What the JWT authorizer has verified. */
  claims?: Record<string, string>;
}

export type HttpResult =
  | {
      kind: 'answered';
      statusCode: number;
      headers: Record<string, string>;
      body: Record<string, unknown>;
    }
  /** No answer arrived; the function may have run. */
  | { kind: 'lost' };

/** API Gateway. */
export interface HttpFront {
  /** Calls a route; the caller goes on as a step of its own. */
  request(caller: Actor, call: HttpCall): Promise<HttpResult>;
}

/** What a call's body says as JSON; undefined where it is none. */
export function readJson(body: HttpCall['body']): unknown {
  return body instanceof Uint8Array ? parseJson(new TextDecoder().decode(body)) : body;
}
