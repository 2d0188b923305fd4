import { expect, test } from 'vitest';
import { openMerchant, redirectUrl } from '../testing/open-merchant.ts';
import { payShape, read } from '../testing/shapes.ts';

const completed = 'checkout.order.completed';
const failed = 'checkout.order.failed';
const attemptFailed = 'checkout.transaction.attempt.failed';

test.each([
  { action: 'pay', state: 'COMPLETED', events: [completed] },
  { action: 'decline', state: 'FAILED', events: [failed] },
  { action: 'cancel', state: 'FAILED', events: [failed] },
  { action: 'expire', state: 'FAILED', events: [failed] },
  { action: 'pay-lose-webhook', state: 'COMPLETED', events: [] },
  { action: 'pay-duplicate-webhook', state: 'COMPLETED', events: [completed, completed] },
  { action: 'fail-then-pay', state: 'COMPLETED', events: [attemptFailed, completed] },
])(
  'the button $action ends the order and returns the buyer, address unmodified',
  async (ending) => {
    const { merchant, page, press } = await openPage();
    expect(await (await fetch(page)).text()).toContain(`value="${ending.action}"`);

    const answer = await press({ action: ending.action, mode: 'CARD' });

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(redirectUrl);
    expect(await merchant.status()).toMatchObject({ state: ending.state });
    expect((await merchant.webhooks()).map(({ event }) => event)).toEqual(ending.events);
  },
);

test.each([
  ['UPI', 'UPI_INTENT'],
  ['CARD', 'CARD'],
  ['NET_BANKING', 'NET_BANKING'],
])('the page offers %s and pays with it', async (mode, paymentMode) => {
  const { merchant, page, press } = await openPage();
  expect(await (await fetch(page)).text()).toContain(`value="${mode}"`);
  await press({ action: 'pay', mode });
  expect(await merchant.status()).toMatchObject({ paymentDetails: [{ paymentMode }] });
});

test('the page shows merchant, amount, order and time left, and is marked as a sandbox', async () => {
  const { merchant, page } = await openPage();
  const html = await (await fetch(page)).text();
  const orderId = merchant.sandbox.orders.get('MO-1')?.orderId;
  for (const text of [
    'Sandbox',
    'CloudNestle Marketplace',
    '₹299.00',
    orderId,
    'MO-1',
    'data-seconds="1',
  ])
    expect(html).toContain(text);
});

test("a merchant's text is shown as text, and the page loads nothing from elsewhere", async () => {
  const message = '<img src=x onerror=alert(1)>';
  const { page } = await openPage({
    paymentFlow: { type: 'PG_CHECKOUT', message, merchantUrls: { redirectUrl } },
  });
  const answer = await fetch(page);
  const html = await answer.text();
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
});

test.each([
  ['pay', 'This order is paid'],
  ['decline', 'The payment was declined'],
  ['cancel', 'The payment was cancelled'],
  ['expire', 'This payment link has expired'],
])('after %s the page says so and links back', async (action, heading) => {
  const { page, press } = await openPage();
  await press({ action });
  const html = await (await fetch(page)).text();
  expect(html).toContain(heading);
  expect(html).toContain(`href="${redirectUrl.replaceAll('&', '&amp;')}"`);
  expect(html).not.toContain('<form');
});

test('a button pressed again, in a second tab or too late, changes nothing', async () => {
  const { merchant, page, press } = await openPage();
  await press({ action: 'cancel' });
  const answer = await press({ action: 'pay' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
  expect(await merchant.status()).toMatchObject({ detailedErrorCode: 'ORDER_CANCELLED_BY_USER' });
  expect(await merchant.webhooks()).toHaveLength(1);
});

test('a form that makes no sense leads back to the page', async () => {
  const { merchant, page, press } = await openPage();
  const answer = await press({ action: 'steal' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
  expect(await merchant.status()).toMatchObject({ state: 'PENDING' });
});

test.each(['', '?token=', '?token=guess'])(
  'nobody pays with the query %j instead of the token',
  async (query) => {
    const { merchant, page } = await openPage();
    const [address] = page.split('?');
    const guessed = `${address}${query}`;
    const body = new URLSearchParams({ action: 'pay' });
    expect((await fetch(guessed)).status).toBe(404);
    expect((await fetch(guessed, { method: 'POST', body })).status).toBe(404);
    expect(await merchant.status()).toMatchObject({ state: 'PENDING' });
  },
);

async function openPage(changes: object = {}) {
  const merchant = await openMerchant();
  const { redirectUrl: page } = await read(await merchant.pay(changes), payShape);
  const press = (fields: Record<string, string>) =>
    fetch(page, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  return { merchant, page, press };
}
