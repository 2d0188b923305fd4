import { html, raw } from 'hono/html';
import type { Html } from '../answer-page.ts';
import { styles } from './styles.ts';

export interface LayoutProps {
  title: string;
  /** The page's module in `browser/`. */
  script: string;
  body: Html;
}

/** What every page has: the head, the marketplace's name, who is signed in, and the way to the mails. */
export const layout = ({ title, script, body }: LayoutProps): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title} · CloudNestle Marketplace</title>
    <link rel="icon" href="data:," />
    <style>${raw(styles)}</style>
    <script type="module" src="/storefront/${script}"></script>
  </head>
  <body>
    <header class="bar">
      <a class="brand" href="/">${raw(mark)}CloudNestle Marketplace</a>
      <nav><a href="/inbox">Inbox</a></nav>
      <p class="chip" id="who" hidden><span id="who-email"></span><strong class="badge" id="who-tier"></strong></p>
    </header>
    <main>
      <noscript><p class="notice bad">This demo needs JavaScript.</p></noscript>
      ${body}
    </main>
  </body>
</html>`;

const mark = `<svg width="28" height="28" viewBox="0 0 28 28" fill="none" aria-hidden="true">
  <path d="M8 19a5 5 0 0 1-.6-9.97 6.5 6.5 0 0 1 12.6 1.1A4.5 4.5 0 0 1 20 19" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>
  <path d="M8.5 19c1.5 3 9.5 3 11 0" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/>
</svg>`;
