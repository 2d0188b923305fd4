import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves the files of a folder from memory, `/` being its `index.html`. */
export async function serveFolder(folder: string): Promise<{ url: string; stop(): void }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>(
    await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async ({ parentPath, name }) => {
          const file = join(parentPath, name);
          return [`/${relative(folder, file)}`, await readFile(file)] as const;
        }),
    ),
  );
  const server = createServer(({ url = '/' }, response) => {
    const path = url === '/' ? '/index.html' : url;
    const content = files.get(path);
    response
      .writeHead(content ? 200 : 404, { 'content-type': types[extname(path)] ?? 'text/plain' })
      .end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Kilobytes of scripts and styles in a built page as they go over the wire, gzipped. */
export async function sizeOf(folder: string): Promise<number> {
  const assets = join(folder, 'assets');
  let bytes = 0;
  for (const name of await readdir(assets)) {
    if (!['.js', '.css'].includes(extname(name))) continue;
    bytes += gzipSync(await readFile(join(assets, name)), { level: 9 }).length;
  }
  return bytes / 1000;
}
