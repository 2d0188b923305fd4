import { html } from 'hono/html';
import type { Order } from '../orders/order.ts';
import type { Html } from './answer-page.ts';
import { formatAmount } from './format.ts';
import { layout } from './layout.ts';

export interface FinishedPageProps {
  merchantName: string;
  nonce: string;
}

/** For whoever comes back to a page that has done its work. */
export function finishedPage(order: Order, { merchantName, nonce }: FinishedPageProps): Html {
  const { mark, tone, heading, words } = resultOf(order);
  return layout({
    title: `${heading} · Sandbox`,
    nonce,
    body: html`<main class="single">
      <section class="card result">
        <div class="mark ${tone}" aria-hidden="true">${mark}</div>
        <h1>${heading}</h1>
        <p>${words}</p>
        <dl class="facts">
          <div><dt>Merchant</dt><dd>${merchantName}</dd></div>
          <div><dt>Amount</dt><dd>${formatAmount(order.amountInPaisa)}</dd></div>
          <div><dt>Order id</dt><dd class="id">${order.orderId}</dd></div>
        </dl>
        <a class="button primary" href="${order.redirectUrl}">Back to ${merchantName}</a>
      </section>
    </main>`,
  });
}

function resultOf(order: Order) {
  if (order.state === 'COMPLETED')
    return {
      mark: '✓',
      tone: 'good',
      heading: 'This order is paid',
      words: 'There is nothing more to do here.',
    };
  return failedResults[order.failure?.detailedErrorCode ?? ''] ?? declined;
}

const declined = {
  mark: '✕',
  tone: 'bad',
  heading: 'The payment was declined',
  words: 'No money was taken. You can start again from the shop.',
};

const failedResults: Record<string, typeof declined> = {
  ORDER_CANCELLED_BY_USER: {
    mark: '✕',
    tone: 'neutral',
    heading: 'The payment was cancelled',
    words: 'No money was taken. You can start again from the shop.',
  },
  ORDER_EXPIRED: {
    mark: '⏱',
    tone: 'neutral',
    heading: 'This payment link has expired',
    words: 'It was not paid in time, and no money was taken. You can start again from the shop.',
  },
};
