import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { tryAgain } from './error-answer.ts';
import type { GatewayEnv } from './gateway-env.ts';

/** The gateway's address; open before there is anything behind it. */
export interface GatewayServer {
  /** Origin, without a trailing slash. */
  url: string;
  /** From now on requests go there; before, everything (health included) is answered 503. */
  serve(app: Hono<GatewayEnv>): void;
  /** Requests being answered now. */
  openRequests(): number;
  /** Answers 503 again and closes every connection once open requests are answered, at most after `waitMs`. */
  close(options: { waitMs: number }): Promise<void>;
}

/** Listens; rejects with the system's own error, EADDRINUSE where the port is taken. */
export async function listen(host: string, port: number): Promise<GatewayServer> {
  let app: Hono<GatewayEnv> | undefined;
  let closing: Promise<void> | undefined;
  let open = 0;
  const server = createAdaptorServer({
    fetch: (request, env) => {
      // HTTP/2 is never offered, so the bindings are HTTP/1's.
      return app && 'incoming' in env ? app.fetch(request, env) : starting();
    },
  });
  if (!('closeAllConnections' in server)) throw new Error('the gateway is no HTTP/1 server');
  server.on('request', (_, outgoing) => {
    open += 1;
    outgoing.once('close', () => {
      open -= 1;
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port');
  return {
    url: `http://${host}:${address.port}`,
    serve: (ready) => {
      app = ready;
    },
    openRequests: () => open,
    close: ({ waitMs }) => {
      app = undefined;
      closing ??= close(server, waitMs);
      return closing;
    },
  };
}

function starting(): Response {
  return tryAgain('This is starting or stopping. Please try again in a moment.');
}

async function close(server: Server, waitMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), waitMs);
  await closed;
  clearTimeout(timer);
}
