import { html, raw } from 'hono/html';
import type { Order } from '../orders/order.ts';
import type { Html } from './answer-page.ts';
import type { PageAction } from './endings.ts';
import { formatAmount, formatTimeLeft } from './format.ts';
import { icons } from './icons.ts';
import { layout } from './layout.ts';

export interface PayPageProps {
  merchantName: string;
  nonce: string;
  secondsLeft: number;
}

/** Where the buyer pays, or does not. */
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
