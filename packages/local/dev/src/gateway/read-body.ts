import type { IncomingMessage } from 'node:http';

export type ReadBody =
  | { kind: 'whole'; bytes: Buffer }
  | { kind: 'tooLarge' }
  /** The caller left half-way: nobody is there to answer. */
  | { kind: 'gone' };

/**
 * Reads a request's body and stops at the limit: what comes after it is never kept, and a body that announces itself
 * as too large is not read at all. Never rejects.
 */
export function readBody(incoming: IncomingMessage, limitBytes: number): Promise<ReadBody> {
  if (Number(incoming.headers['content-length'] ?? 0) > limitBytes) {
    return Promise.resolve({ kind: 'tooLarge' });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= limitBytes) return;
      incoming.off('data', onData);
      incoming.pause();
      resolve({ kind: 'tooLarge' });
    };
    incoming.on('data', onData);
    incoming.once('end', () => resolve({ kind: 'whole', bytes: Buffer.concat(chunks) }));
    incoming.once('close', () => resolve({ kind: 'gone' }));
  });
}
