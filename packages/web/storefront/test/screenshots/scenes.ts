import type { Page } from '@cloudnestle/test-kit/browser';

/** One state of the shop: how a browser gets there from a fresh run at `url`. */
export interface Scene {
  name: string;
  show(page: Page, url: string): Promise<unknown>;
}

const test = { userId: 'test-uuid-123', userEmail: 'test@example.com' };

/** Signs a demo user in, as the page keeps it. */
export async function signIn(page: Page, url: string, buyer = test): Promise<void> {
  await page.goto(`${url}/mark.svg`);
  await page.evaluate(
    (kept) => localStorage.setItem('storefront.buyer', kept),
    JSON.stringify(buyer),
  );
}

/** From the plans to the payment page, as a buyer goes. */
export async function openPaymentPage(page: Page, url: string, planId: string): Promise<void> {
  await page.goto(`${url}/checkout?plan=${planId}`);
  await page.getByLabel('State or Union Territory').selectOption('29');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.waitForURL('**/phonepe/**');
}

/** Ends the payment on the sandbox's page, and waits for the return page to say it. */
export async function endPayment(page: Page, button: RegExp, heading: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('heading', { name: heading }).waitFor();
}

const demoBuyer = (userId: string, name: string) => ({ userId, userEmail: `${name}@example.com` });
const at =
  (path: string, heading: string): Scene['show'] =>
  async (page, url) => {
    await page.goto(`${url}${path}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
  };

/** Answers of the API that a sandbox does not give on demand. */
const answer =
  (pattern: string, status: number, body: object, then: Scene['show']): Scene['show'] =>
  async (page, url) => {
    await page.route(pattern, (route) => route.fulfill({ status, json: body }));
    await then(page, url);
  };

const refuseUpgrade = (
  status: number,
  code: string,
  words: string,
  more: object = {},
): Scene['show'] =>
  answer(
    '**/payments/upgrade-to-pro',
    status,
    { message: 'x', error: { code }, ...more },
    async (page, url) => {
      await signIn(page, url);
      await page.goto(`${url}/checkout?plan=pro`);
      await page.getByLabel('State or Union Territory').selectOption('29');
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.getByText(words).waitFor({ timeout: 30_000 });
    },
  );

const status = (body: object, heading: string): Scene['show'] =>
  answer(
    '**/payments/status/*',
    200,
    {
      transactionId: 'txn_1',
      tier: 'pro',
      amountInPaisa: 29_900,
      currency: 'INR',
      message: '',
      retryAfterMs: 0,
      ...body,
    },
    at('/payment/callback?transactionId=txn_1', heading),
  );

/** As on a stage of AWS: no demo users, no inbox. */
const withoutDemo = (then: Scene['show']): Scene['show'] =>
  answer('**/config.json', 200, { gatewayOrigins: ['self'], demoUsers: [], hasInbox: false }, then);

/** In the order in which they are taken: later ones see what earlier ones bought. */
export const scenes: readonly Scene[] = [
  { name: 'plans-signed-out', show: at('/', 'Plans') },
  { name: 'sign-in', show: at('/sign-in', 'Sign in') },
  {
    name: 'plans-signed-in',
    show: async (page, url) => {
      await signIn(page, url);
      await at('/', 'Plans')(page, url);
      await page.getByText(/searches left/).waitFor();
    },
  },
  {
    name: 'search-used-up',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('uuid-only-456', 'uuid-only'));
      await page.goto(url);
      await page.getByLabel('What do you want to build?').fill('An order pipeline');
      const search = page.getByRole('button', { name: 'Search' });
      const offer = page.getByText('You have used all');
      while (!(await offer.isVisible())) {
        await search.click();
        await page.locator('button[aria-busy="false"]').waitFor();
      }
    },
  },
  { name: 'checkout-signed-out', show: at('/checkout?plan=pro', 'Your details') },
  {
    name: 'checkout-company-faults',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await page.goto(`${url}/checkout?plan=enterprise-yearly`);
      await page.getByLabel('I buy for a company').check();
      await page.getByLabel('GSTIN', { exact: true }).fill('27ABC');
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.getByText('15 letters').waitFor();
    },
  },
  {
    name: 'payment-page',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('email-only-789', 'email-only'));
      await openPaymentPage(page, url, 'pro');
    },
  },
  {
    name: 'return-failed',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await openPaymentPage(page, url, 'basic-monthly');
      await endPayment(page, /Decline/, 'The payment did not go through');
    },
  },
  {
    name: 'return-cancelled',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await openPaymentPage(page, url, 'basic-monthly');
      await endPayment(page, /Cancel/, 'You cancelled the payment');
    },
  },
  {
    name: 'return-expired',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await openPaymentPage(page, url, 'basic-monthly');
      await endPayment(page, /expire/, 'The payment page has run out');
    },
  },
  {
    name: 'return-granted',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await openPaymentPage(page, url, 'basic-monthly');
      await endPayment(page, /^Pay /, 'Your plan is on');
    },
  },
  {
    name: 'account',
    show: async (page, url) => {
      await signIn(page, url, demoBuyer('no-record-000', 'no-record'));
      await at('/account', 'Payments')(page, url);
    },
  },
  { name: 'inbox', show: at('/inbox', 'Inbox') },
  {
    name: 'inbox-mail',
    show: async (page, url) => {
      await page.goto(`${url}/inbox`);
      await page
        .getByRole('link', { name: /Welcome/ })
        .first()
        .click();
      await page.frameLocator('iframe').getByText('Order').first().waitFor();
    },
  },
  { name: 'already-held', show: refuseUpgrade(409, 'ALREADY_PRO', 'You already have this plan') },
  { name: 'suspended', show: refuseUpgrade(403, 'FORBIDDEN', 'This account is suspended') },
  {
    name: 'page-open',
    show: refuseUpgrade(409, 'PAYMENT_IN_PROGRESS', 'An earlier payment', {
      transactionId: 'txn_1',
    }),
  },
  { name: 'gateway-down', show: refuseUpgrade(502, 'GATEWAY_REFUSED', 'could not be started') },
  { name: 'plans-unavailable', show: answer('**/payments/plans', 503, {}, at('/', 'Plans')) },
  {
    name: 'return-pending',
    show: status(
      { status: 'PENDING', access: 'PENDING', retryAfterMs: 1000 },
      'Waiting for your payment',
    ),
  },
  {
    name: 'return-activating',
    show: status(
      { status: 'COMPLETED', access: 'PENDING', retryAfterMs: 1000 },
      'Payment received',
    ),
  },
  {
    name: 'return-in-doubt',
    show: status(
      { status: 'PENDING', access: 'PENDING', reason: 'IN_DOUBT' },
      'We are looking into it',
    ),
  },
  {
    name: 'return-ended',
    show: status(
      { status: 'COMPLETED', access: 'ENDED', reason: 'TIME_OVER' },
      'Your time is over',
    ),
  },
  {
    name: 'return-refunded',
    show: status(
      { status: 'COMPLETED', access: 'ENDED', reason: 'TAKEN_BACK' },
      'This payment gives no access',
    ),
  },
  {
    name: 'return-unknown',
    show: at('/payment/callback?transactionId=txn_unknown', 'We do not know this payment'),
  },
  { name: 'return-none', show: at('/payment/callback?status=success', 'No payment here') },
  { name: 'stage-plans', show: withoutDemo(at('/', 'Plans')) },
  {
    name: 'stage-checkout',
    show: withoutDemo(async (page, url) => {
      await page.goto(`${url}/sign-in?then=%2Fcheckout%3Fplan%3Dpro`);
      await page.getByLabel('User id').fill('test-uuid-123');
      await page.getByLabel('Email').fill('test@example.com');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'Your details' }).waitFor();
    }),
  },
];
