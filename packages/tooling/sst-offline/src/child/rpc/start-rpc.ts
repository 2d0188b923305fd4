import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { checkBundle } from './check-bundle.ts';

const requestSchema = z.object({ method: z.string(), params: z.array(z.unknown()) });

/** Stands in for SST's command, which components call while they are built. It keeps no process alive. */
export async function startRpc(root: string): Promise<{ url: string }> {
  const methods: Record<string, (input: unknown) => unknown> = {
    'Provider.Aws.Bootstrap': () => buckets,
    'Runtime.Build': (input) => checkBundle(root, input),
    'Runtime.AddTarget': () => true,
  };
  const server = createServer(async (request, response) => {
    const answer = JSON.stringify(await answerTo(request, methods));
    response
      .writeHead(200, { 'content-type': 'application/json', connection: 'close' })
      .end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('the RPC server has no port');
  return { url: `http://127.0.0.1:${address.port}` };
}

async function answerTo(
  request: IncomingMessage,
  methods: Record<string, (input: unknown) => unknown>,
): Promise<{ result: unknown } | { error: string }> {
  try {
    const { method, params } = requestSchema.parse(JSON.parse(await text(request)));
    const answer = methods[method];
    if (!answer) return { error: `nobody stands in for ${method}` };
    return { result: await answer(params[0]) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const buckets = {
  version: 1,
  asset: 'sst-asset-offline',
  state: 'sst-state-offline',
  assetEcrRegistryId: '',
  assetEcrUrl: '',
  appsyncHttp: '',
  appsyncRealtime: '',
};
