import { createServer, type RequestListener, type Server } from 'node:http';
import { LocalCloudStartError } from '../start-error.ts';

/** A listening front and the way to end it at once, whatever its connections are doing. */
export type ListeningFront = { readonly port: number; close(): Promise<void> };

/** Listens; rejects with `LocalCloudStartError`, code EADDRINUSE if the port is taken. */
export async function listen(
  host: string,
  port: number,
  onRequest: RequestListener,
): Promise<ListeningFront> {
  const server = createServer(onRequest);
  // Idle connections stay open: an SDK that reuses one just as it closes would see a reset.
  server.keepAliveTimeout = 0;
  await bind(server, host, port);
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? port : address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
      const reason = code === 'EADDRINUSE' ? 'the port is already taken' : error.message;
      reject(
        new LocalCloudStartError(code, `Cannot listen on ${host}:${port}: ${reason}`, {
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}
