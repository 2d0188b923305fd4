import { html, raw } from 'hono/html';
import type { Html } from './answer-page.ts';
import { styles } from './styles.ts';

export interface LayoutProps {
  title: string;
  nonce: string;
  body: Html;
}

export const layout = ({ title, nonce, body }: LayoutProps): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <style nonce="${nonce}">${raw(styles)}</style>
  </head>
  <body>
    <header class="ribbon">
      <strong>Sandbox</strong>
      <span>A simulated payment page. No real money moves.</span>
    </header>
    ${body}
  </body>
</html>`;
