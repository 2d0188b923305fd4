import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import type { Paths } from './paths.ts';

const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()) });

/**
 * Answers what SST asks npm's registry before it installs: which version of a provider there is. It is the one that SST's
 * own platform depends on, so nobody outside needs to be asked, and the answer is the same tomorrow.
 */
export async function startProviderRegistry(paths: Paths): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const answer = await describeProvider(paths, request.url ?? '').catch(() => undefined);
    response
      .writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the registry has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

/** Of `/@pulumi/aws/latest`; undefined for what the platform does not depend on. */
async function describeProvider({ platform }: Paths, url: string) {
  const [, scope, provider] = decodeURIComponent(url).split('/');
  const name = `${scope}/${provider}`;
  const manifest = await readFile(join(platform, 'package.json'), 'utf8');
  const version = manifestSchema.parse(JSON.parse(manifest)).dependencies[name];
  if (version === undefined) return undefined;
  return { name, version, pulumi: { resource: true, name: provider, version } };
}
