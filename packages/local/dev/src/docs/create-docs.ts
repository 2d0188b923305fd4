import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';
import { eventsPage } from './events-page.ts';
import { type Html, layout } from './layout.ts';

/**
 * The API's documents for people: `/docs` shows the HTTP API and lets one call it, `/docs/events` the events; the documents
 * themselves are `/docs/openapi.json` and `/docs/asyncapi.json`. Nothing is loaded from elsewhere. Everything is built when
 * it is asked for, so that no start waits for it.
 */
export function createDocs(): Hono {
  const app = new Hono();
  app.use('/docs/*', policy);
  app.use('/docs', policy);
  app.get('/docs', (c) => c.html(apiPage()));
  app.get('/docs/events', async (c) => {
    const { buildAsyncApi } = await import('@cloudnestle/api-docs/asyncapi/build-asyncapi');
    return c.html(eventsPage(buildAsyncApi()));
  });
  app.get('/docs/openapi.json', async (c) => {
    const { buildOpenApi } = await import('@cloudnestle/api-docs/openapi/build-openapi');
    return c.json(buildOpenApi());
  });
  app.get('/docs/asyncapi.json', async (c) => {
    const { buildAsyncApi } = await import('@cloudnestle/api-docs/asyncapi/build-asyncapi');
    return c.json(buildAsyncApi());
  });
  for (const name of assetNames) {
    app.get(`/docs/assets/${name}`, async (c) => {
      const { type, content } = await readAsset(name);
      return c.body(content, 200, { 'content-type': type });
    });
  }
  return app;
}

const policy = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  // Plain http on this machine.
  strictTransportSecurity: false,
});

/** The HTTP API: Swagger UI over `/docs/openapi.json`, whose calls go to this very run. */
function apiPage(): Html {
  return layout({
    title: 'HTTP API',
    path: '/docs',
    head: html`<link rel="stylesheet" href="/docs/assets/swagger-ui.css" />
      <script src="/docs/assets/swagger-ui-bundle.js" defer></script>
      <script src="/docs/assets/show-api.js" defer></script>`,
    body: html`<main id="api">
      <noscript><p>This page needs JavaScript. The document itself: <a href="/docs/openapi.json">openapi.json</a></p></noscript>
    </main>`,
  });
}

const { resolve } = createRequire(import.meta.url);
const css = 'text/css; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';

const assets = {
  'swagger-ui.css': { type: css, path: () => resolve('swagger-ui-dist/swagger-ui.css') },
  'swagger-ui-bundle.js': {
    type: javascript,
    path: () => resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
  'show-api.js': { type: javascript, path: () => new URL('browser/show-api.js', import.meta.url) },
  'docs.css': { type: css, path: () => new URL('browser/docs.css', import.meta.url) },
};

type AssetName = keyof typeof assets;

/** Everything that the pages load. */
export const assetNames: readonly AssetName[] = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'show-api.js',
  'docs.css',
];

/** A file from disk, with its media type. */
async function readAsset(name: AssetName): Promise<{ type: string; content: string }> {
  const { type, path } = assets[name];
  return { type, content: await readFile(path(), 'utf8') };
}
