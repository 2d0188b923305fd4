import { html, raw } from 'hono/html';
import * as z from 'zod';
import type { FinishOrder } from '../control/control-schemas.ts';
import type { Order } from '../orders/order.ts';
import { type Html, layout } from './layout.ts';

interface PayPageProps {
  merchantName: string;
  nonce: string;
  secondsLeft: number;
}

/** Where the buyer pays, cancels or tries another ending. */
export function payPage(order: Order, { merchantName, nonce, secondsLeft }: PayPageProps): Html {
  const amount = formatAmount(order.amountInPaisa);
  return layout({
    title: `Pay ${amount} to ${merchantName} · Sandbox`,
    nonce,
    body: html`<main class="split">
      <section class="card summary">
        <p class="merchant">${merchantName}</p>
        <h1 class="amount">${amount}</h1>
        ${order.message ? html`<p class="message">${order.message}</p>` : ''}
        <dl class="facts">
          <div><dt>Order id</dt><dd class="id">${order.orderId}</dd></div>
          <div><dt>Merchant order</dt><dd class="id">${order.merchantOrderId}</dd></div>
          <div>
            <dt>Time left</dt>
            <dd id="left" data-seconds="${secondsLeft}">${formatTimeLeft(secondsLeft)}</dd>
          </div>
        </dl>
      </section>
      <form method="post" class="stack">
        <section class="card">
          <fieldset>
            <legend>Pay with</legend>
            ${modes.map(modeChoice)}
          </fieldset>
          <button class="button primary" name="action" value="pay">Pay ${amount}</button>
          <button class="button quiet" name="action" value="cancel">Cancel the payment</button>
        </section>
        <section class="card">
          <h2>Try another ending</h2>
          <p class="hint">Uses the way of paying chosen above.</p>
          <div class="endings">${otherEndings.map(endingButton)}</div>
        </section>
      </form>
    </main>
    <script nonce="${nonce}">${raw(countdown)}</script>`,
  });
}

const icon = (paths: string) =>
  `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`;

/** Line drawings for the ways of paying; constant markup, safe to insert as it is. */
const icons = {
  upi: icon(
    '<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2M10 10l2 2 3-4"/>',
  ),
  card: icon('<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="M2.5 10h19M6 15h4"/>'),
  bank: icon('<path d="M3 9.5 12 4l9 5.5zM5 10v8M10 10v8M14 10v8M19 10v8M3 20.5h18"/>'),
};

const modes = [
  { mode: 'UPI', name: 'UPI', hint: 'Any UPI app', icon: icons.upi },
  { mode: 'CARD', name: 'Card', hint: 'Credit or debit', icon: icons.card },
  { mode: 'NET_BANKING', name: 'Net banking', hint: 'All major banks', icon: icons.bank },
];

const modeChoice = ({ mode, name, hint, icon }: (typeof modes)[number], index: number) => html`
  <label class="choice">
    <input type="radio" name="mode" value="${mode}" ${index === 0 ? 'checked' : ''} />
    ${raw(icon)}
    <span><strong>${name}</strong><small>${hint}</small></span>
  </label>`;

const otherEndings: { action: PageAction; name: string; hint: string }[] = [
  { action: 'decline', name: 'Decline', hint: 'The bank says no. The order fails.' },
  { action: 'fail-then-pay', name: 'Fail once, then pay', hint: 'The second attempt succeeds.' },
  { action: 'pay-lose-webhook', name: 'Pay, lose the webhook', hint: 'The shop is never told.' },
  { action: 'pay-duplicate-webhook', name: 'Pay, webhook twice', hint: 'Both at the same time.' },
  { action: 'expire', name: 'Let it expire', hint: 'Time runs out, now.' },
];

const endingButton = ({ action, name, hint }: (typeof otherEndings)[number]) => html`
  <button class="ending" name="action" value="${action}"><strong>${name}</strong><small>${hint}</small></button>`;

/** Counts down from the server's seconds, so the browser's clock does not matter, and asks again at the end. */
const countdown = `
const left = document.getElementById('left');
const end = performance.now() + Number(left.dataset.seconds) * 1000;
setInterval(() => {
  const s = Math.max(0, Math.ceil((end - performance.now()) / 1000));
  left.textContent = Math.floor(s / 60) + ':' + String(s % 60).padStart(2, '0');
  left.classList.toggle('urgent', s <= 60);
  if (s === 0) location.reload();
}, 1000);
`;

/** What the page's buttons do, by their form value. */
export const endings = {
  pay: { outcome: 'COMPLETED' },
  decline: { outcome: 'FAILED' },
  cancel: { outcome: 'CANCELLED' },
  expire: { outcome: 'EXPIRED' },
  'fail-then-pay': { outcome: 'COMPLETED', secondAttempt: true },
  'pay-lose-webhook': { outcome: 'COMPLETED', webhook: 'lose' },
  'pay-duplicate-webhook': { outcome: 'COMPLETED', webhook: 'duplicate' },
} as const satisfies Record<string, FinishOrder>;

type PageAction = keyof typeof endings;

export const pageFormSchema = z.object({
  action: z.enum([
    'pay',
    'decline',
    'cancel',
    'expire',
    'fail-then-pay',
    'pay-lose-webhook',
    'pay-duplicate-webhook',
  ] satisfies PageAction[]),
  mode: z.enum(['UPI', 'CARD', 'NET_BANKING']).default('UPI'),
});

interface FinishedPageProps {
  merchantName: string;
  nonce: string;
}

/** For the buyer who comes back to the page of an order that has ended. */
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

const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });

/** `₹299.00` */
const formatAmount = (amountInPaisa: number) => rupees.format(amountInPaisa / 100);

/** `20:00` */
function formatTimeLeft(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
