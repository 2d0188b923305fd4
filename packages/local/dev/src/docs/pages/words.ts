import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** A text of our own documents as paragraphs: of Markdown only `code` and **bold**. */
export function paragraphs(text: string): Html[] {
  return text.split('\n\n').map((paragraph) => html`<p>${words(paragraph)}</p>`);
}

/** The same of one line. */
export function words(text: string): (Html | string)[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**') ? html`<strong>${part.slice(2, -2)}</strong>` : part;
  });
}
