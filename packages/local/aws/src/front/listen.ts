import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { LocalCloudStartError } from '../start-error.ts';
import { AwsError } from './aws-error.ts';

/** A listening front and the way to end it at once, whatever its connections are doing. */
type ListeningFront = { readonly port: number; close(): Promise<void> };

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

/** One HTTP request with its whole body; `signal` aborts when the caller leaves. */
export type LocalRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly signal: AbortSignal;
};

/** Largest body any of the services takes (SES: 25 MB, DynamoDB: 16 MB), with some room. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/**
 * Reads a request to its end.
 *
 * Rejects with `RequestEntityTooLarge` over 32 MiB, and with the stream's own error when the
 * caller leaves half-way.
 */
export async function readRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<LocalRequest> {
  const departure = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) departure.abort();
  });
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    body: await readBody(request),
    signal: departure.signal,
  };
}

/** By listeners: iterating over the stream would cost as much as a small call itself. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) reject(tooLarge());
      else chunks.push(chunk);
    });
    request.on('error', reject);
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes)),
    );
  });
}

function tooLarge(): AwsError {
  return new AwsError('RequestEntityTooLarge', 'The body is larger than 32 MiB', 413);
}
