import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface LayoutProps {
  title: string;
  /** Where the reader is. */
  path: '/docs' | '/docs/events';
  /** What else the head holds. */
  head?: Html;
  body: Html;
}

/** What both pages have: the head, and the way to the other one and to the documents. */
export const layout = ({
  title,
  path,
  head = html``,
  body,
}: LayoutProps): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · CloudNestle Marketplace</title>
    <link rel="icon" href="data:," />
    ${head}
    <link rel="stylesheet" href="/docs/assets/docs.css" />
  </head>
  <body>
    <header class="bar">
      <strong>Payments</strong>
      <nav>
        ${link('/docs', 'HTTP API', path)}
        ${link('/docs/events', 'Events', path)}
        <a href="/docs/openapi.json">OpenAPI</a>
        <a href="/docs/asyncapi.json">AsyncAPI</a>
        <a href="/">Store</a>
      </nav>
    </header>
    ${body}
  </body>
</html>`;

function link(href: LayoutProps['path'], words: string, here: string): Html {
  return href === here
    ? html`<a href="${href}" aria-current="page">${words}</a>`
    : html`<a href="${href}">${words}</a>`;
}
