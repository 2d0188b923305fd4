import { html } from 'hono/html';
import { type Html, layout } from './layout.ts';

/** The HTTP API: Swagger UI over `/docs/openapi.json`, whose calls go to this very run. */
export function apiPage(): Html {
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
