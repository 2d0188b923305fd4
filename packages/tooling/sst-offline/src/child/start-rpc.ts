import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { isAbsolute, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

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
    if (!answer) return { error: `no function stands in for ${method}` };
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

const inputSchema = z.object({ functionID: z.string(), handler: z.string(), bundle: z.string() });

interface BuildAnswer {
  out: string;
  handler: string;
  errors: string[];
  sourcemaps: string[];
}

/** Whether a function's bundle is there with the file of its handler. Functions without a bundle are none of ours. */
function checkBundle(root: string, input: unknown): BuildAnswer {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) {
    return { ...nothing, errors: ['only functions with a `bundle` can be evaluated offline'] };
  }
  const { functionID, handler, bundle } = parsed.data;
  const out = isAbsolute(bundle) ? bundle : join(root, bundle);
  const file = `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`;
  const errors = existsSync(join(out, file))
    ? []
    : [`${functionID}: there is no ${file} in ${pathToFileURL(out).pathname}`];
  return { out, handler, errors, sourcemaps: [] };
}

const nothing = { out: '', handler: '', sourcemaps: [] };
