import { once } from 'node:events';
import { createServer } from 'node:http';

export interface ReceivedWebhook {
  headers: Record<string, string | string[] | undefined>;
  /** The raw body, as text. */
  body: string;
}

/** What the merchant answers to its n-th webhook (from 1); undefined: nothing, ever. */
export type HookAnswer = (number: number) => Promise<number | undefined> | number | undefined;

/** A merchant's webhook endpoint on a free port, which keeps what it gets. */
export async function openHook(answer: HookAnswer = () => 200) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const status = await answer(received.length);
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The hook has no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
