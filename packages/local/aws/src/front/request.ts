import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';

/** One HTTP request with its whole body; `signal` aborts when the caller leaves. */
export type LocalRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly signal: AbortSignal;
};

/** Largest body any of the services takes (SES: 25 MB, DynamoDB: 16 MB), with some room. */
const maxBodyBytes = 32 * 1024 * 1024;

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
      if (bytes > maxBodyBytes) reject(tooLarge());
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
