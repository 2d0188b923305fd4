import { type HttpApiEnv, listen } from '@cloudnestle/dev/http-api/listen';
import { answerPage } from '@cloudnestle/dev/storefront/answer-page';
import { readFiles } from '@cloudnestle/dev/storefront/built-pages';
import { Hono } from 'hono';

/** Serves the files of a built page, `/` being its `index.html`, by the server that serves shop and console as well. */
export async function serveFolder(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const files = await readFiles(folder);
  const app = new Hono<HttpApiEnv>();
  app.get('*', (c) => answerPage(c, files, c.req.path === '/' ? '/index.html' : c.req.path));
  const server = await listen('127.0.0.1', 0);
  server.serve(app);
  return { url: `${server.url}/`, stop: () => server.close({ waitMs: 0 }) };
}
