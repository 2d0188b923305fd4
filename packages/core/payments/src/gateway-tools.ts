import type { Clock } from './clock.ts';

/** What an adapter takes from the world. It knows no AWS: how a secret is read is the platform's business. */
export interface GatewayTools {
  /**
   * A reader for the secret of that name: its content, parsed or as text; `fresh` reads past every cache. Reading may
   * throw: that is "unavailable".
   */
  readSecret(secretId: string): (options: { fresh: boolean }) => Promise<unknown>;
  now: Clock;
  /** 0 to below 1, for the pauses between tries. */
  random: () => number;
  /** One HTTP exchange; the adapter's own HTTP where it is left out. */
  send?: SendRequest;
}

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /**
   * `kept` takes an open connection where there is one. On a connection that idled too long (a function thawed after
   * minutes) the request is lost without a word whether it arrived, so a call that must not be repeated takes a
   * `fresh` one.
   */
  connection: 'kept' | 'fresh';
}

export type HttpAnswer =
  | { kind: 'answered'; status: number; body: string }
  /** `mayHaveArrived` is false only where no connection came about, so that not a byte was sent. */
  | { kind: 'failed'; mayHaveArrived: boolean; reason: string };

/** One HTTP exchange with a gateway: redirects are not followed, and nothing is thrown. */
export type SendRequest = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>;
