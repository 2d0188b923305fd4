import { once } from 'node:events';
import { createAdaptorServer } from '@hono/node-server';
import { API_PATH } from './addresses.ts';
import { createSandbox, type Sandbox } from './create-sandbox.ts';
import type { SandboxOptions } from './options.ts';

export interface ListenOptions extends Omit<SandboxOptions, 'publicUrl'> {
  /** 0 (default): any free port. */
  port?: number;
}

export interface RunningSandbox {
  sandbox: Sandbox;
  /** Origin, without a trailing slash. */
  url: string;
  /** Base of PhonePe's API there. */
  apiUrl: string;
  /** Ends deliveries and timers, cuts open connections, closes the port. */
  close(): Promise<void>;
}

/** The sandbox on a port of its own on 127.0.0.1. Rejects if the port is taken. */
export async function startSandbox({
  port = 0,
  ...options
}: ListenOptions): Promise<RunningSandbox> {
  let url = '';
  const sandbox = createSandbox({ ...options, publicUrl: () => url });
  const server = createAdaptorServer({ fetch: sandbox.app.fetch });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server has no TCP port.');
  url = `http://127.0.0.1:${address.port}`;

  return {
    sandbox,
    url,
    apiUrl: `${url}${sandbox.basePath}${API_PATH}`,
    async close() {
      sandbox.stop();
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
