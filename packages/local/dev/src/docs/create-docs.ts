import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { assetNames, readAsset } from './assets.ts';
import { apiPage } from './pages/api-page.ts';
import { eventsPage } from './pages/events-page.ts';

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
