import { html } from 'hono/html';
import type { Html } from '../answer-page.ts';
import { layout } from './layout.ts';

/**
 * Where the buyer comes back to. It says nothing about the payment by itself: `browser/return.js` asks the API, and the
 * address's other parameters are never read.
 */
export function returnPage(transactionId: string | undefined): Html {
  return layout({
    title: 'Your payment',
    script: 'return.js',
    body: transactionId === undefined ? noPayment : payment(transactionId),
  });
}

const payment = (transactionId: string) => html`<section
  class="card result" id="payment" data-transaction-id="${transactionId}" data-kind="checking"
>
  <div id="outcome" role="status">
    <div class="mark" aria-hidden="true"></div>
    <h1 id="outcome-title">Checking your payment</h1>
    <p id="outcome-words">One moment, we are asking how it went.</p>
  </div>
  <p class="actions">
    <button type="button" class="button" id="check-again" hidden>Check again</button>
    <a class="button" id="try-again" href="/" hidden>Try again</a>
    <a class="button" id="to-store" href="/" hidden>Back to the store</a>
  </p>
  <dl class="facts">
    <div id="amount-row" hidden><dt>Amount</dt><dd id="amount"></dd></div>
    <div><dt>Payment</dt><dd class="id">${transactionId}</dd></div>
  </dl>
  <p class="links">
    <a href="/inbox">Mails</a>
    <a id="status-link" href="/payments/status/${transactionId}">Payment status (JSON)</a>
    <a href="/">Store</a>
  </p>
</section>`;

const noPayment = html`<section class="card result" data-kind="unknown">
  <div class="mark" aria-hidden="true"></div>
  <h1>No payment here</h1>
  <p>This address names no payment. If you paid, your mails tell you how it went.</p>
  <p class="actions"><a class="button" href="/">Back to the store</a></p>
  <p class="links"><a href="/inbox">Mails</a></p>
</section>`;
