import { html } from 'hono/html';
import type { Html } from './answer-page.ts';
import { layout } from './layout.ts';

export const notFoundPage = (nonce: string): Html =>
  layout({
    title: 'Payment page not found · Sandbox',
    nonce,
    body: html`<main class="single">
      <section class="card result">
        <div class="mark neutral" aria-hidden="true">?</div>
        <h1>There is no such payment page</h1>
        <p>The link is incomplete, or the sandbox was restarted since it was made. Start again from the shop.</p>
      </section>
    </main>`,
  });
