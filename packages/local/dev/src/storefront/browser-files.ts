import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';

const names = [
  'account-card.js',
  'account.js',
  'announce-return.js',
  'ask-status.js',
  'follow-payment.js',
  'follow-return.js',
  'money.js',
  'outcome-words.js',
  'return.js',
  'search-panel.js',
  'search-view.js',
  'search.js',
  'shop.js',
  'upgrade.js',
  'validate-token.js',
];

/** `GET /storefront/{name}`: the modules in `browser/`, exactly as they are written. */
export function mountBrowserFiles(app: Hono): void {
  for (const name of names) {
    const source = readFileSync(new URL(`./browser/${name}`, import.meta.url), 'utf8');
    app.get(`/storefront/${name}`, (c) =>
      c.body(source, 200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      }),
    );
  }
}
