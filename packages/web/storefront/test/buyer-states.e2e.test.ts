import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, postJson } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import type { Page } from '@cloudnestle/test-kit/browser';
import { describeInBrowser } from '@cloudnestle/test-kit/describe-in-browser';
import { useBrowser } from '@cloudnestle/test-kit/use-browser';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { endPayment, openPaymentPage, signIn } from './screenshots/scenes.ts';

describeInBrowser('each state that a buyer can be in has words and a way on', () => {
  let run: LocalRun;
  let marketplace: TestMarketplace;
  const { open } = useBrowser();
  beforeAll(async () => {
    run = await startTestRun({ retryScale: 0 });
    marketplace = createTestMarketplace(run);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    run.sandbox.faults.clear();
  });
  afterAll(async () => {
    marketplace?.stop();
    await run?.stop();
  });

  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
  const payButton = (page: Page) => page.getByRole('button', { name: /^Pay ₹/ });
  /** The id of the payment that the return page shows. */
  const transactionIdOn = (page: Page) =>
    new URL(page.url()).searchParams.get('transactionId') ?? '';
  /** A page of a buyer of their own, who is signed in. */
  const openAsBuyer = async () => {
    const page = await open({ viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
    const { userId, email } = await marketplace.addBuyer();
    await signIn(page, run.url, { userId, userEmail: email });
    return { page, userId };
  };
  const setSuspended = async (userId: string, isSuspended: boolean) => {
    const user = await marketplace.get('users', { userId });
    const subscriptionStatus = isSuspended ? 'suspended' : 'active';
    await marketplace.put('users', { ...user, subscriptionStatus });
  };
  const setTiers = (mode: 'off' | 'well') =>
    postJson(`${run.url}/dev/faults`, { subscriber: 'tiers', mode });
  /** Lets time pass, and has the two sweeps that look at orders and refunds run then. */
  const pass = async (ms: number) => {
    advanceClock(ms);
    await Promise.all([run.schedules.refundSweep.runNow(), run.schedules.sweep.runNow()]);
    await run.idle();
  };

  it('declined, cancelled or run out: another try from there; and money that comes late is believed', async () => {
    const { page } = await openAsBuyer();
    await openPaymentPage(page, run.url, 'basic-monthly');
    const endings: [button: RegExp, title: string, words: RegExp][] = [
      [/^Decline/, 'The payment did not go through', /or it comes back/],
      [/^Cancel/, 'You cancelled the payment', /Nothing was charged/],
      [/expire/, 'The payment page has run out', /If you have paid, your plan still turns on/],
    ];
    for (const [button, title, words] of endings) {
      await endPayment(page, button, title);
      await page.getByText(words).waitFor();
      await page.getByText('₹99', { exact: true }).waitFor();
      if (button === endings.at(-1)?.[0]) break;
      // The plan and the State are as they were.
      await page.getByRole('link', { name: 'Try again' }).click();
      await payButton(page).click();
      await page.waitForURL('**/phonepe/**');
    }
    const transactionId = transactionIdOn(page);
    const row = await marketplace.get('transactions', { transactionId });
    const merchantOrderId = String(row?.merchantOrderId);
    const order = { transactionId, merchantOrderId, redirectUrl: '' };
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
    await run.idle();
    await page.getByRole('button', { name: 'Check again' }).click();
    await heading(page, 'Your plan is on').waitFor();
    await page.getByRole('link', { name: 'Start searching' }).waitFor();
  });

  it('paid and not yet on: never failed, late without alarm, and on with the next look', async () => {
    const { page } = await openAsBuyer();
    await openPaymentPage(page, run.url, 'pro');
    await page.clock.install();
    await setTiers('off');
    await endPayment(page, /^Pay ₹/, 'Payment received');
    await page.getByText('which takes a few seconds').waitFor();
    const checkAgain = page.getByRole('button', { name: 'Check again' });
    await expect
      .poll(async () => {
        await page.clock.fastForward('00:30');
        return checkAgain.isVisible();
      })
      .toBe(true);
    await page.getByText('takes longer than usual; you get a mail').waitFor();
    await setTiers('well');
    await run.idle();
    await checkAgain.click();
    await heading(page, 'Your plan is on').waitFor();
  });

  it('what keeps a click from a payment page is said, and the same button tries again', async () => {
    const { page, userId } = await openAsBuyer();
    await openPaymentPage(page, run.url, 'basic-yearly');
    const openPage = page.url();
    await page.clock.install();
    await page.goto(`${run.url}/checkout?plan=basic-monthly`);
    const notice = page.getByRole('status');
    const expectNotice = async (words: string) => {
      await notice.getByText(words).waitFor();
      await expect.poll(() => payButton(page).getAttribute('aria-disabled')).toBe('false');
    };
    const expectSoon = (words: string) =>
      expect
        .poll(async () => {
          await page.clock.fastForward('00:10');
          return notice.textContent();
        })
        .toContain(words);

    await payButton(page).click();
    await expectNotice('A payment page for another plan is open, perhaps in another tab');
    const link = notice.getByRole('link', { name: 'Go to that page' });
    expect(await link.getAttribute('href')).toBe(openPage);

    // Of another tier, so that the open page stands in no way.
    await page.goto(`${run.url}/checkout?plan=pro`);
    await payButton(page).waitFor();
    await page.context().setOffline(true);
    await payButton(page).click();
    await expectNotice('You are offline. Nothing was charged');
    await page.context().setOffline(false);

    run.sandbox.faults.set([{ operation: 'pay', kind: 'status', status: 400 }]);
    await payButton(page).click();
    await expectNotice('The payment could not be started. Nothing was charged');

    run.sandbox.faults.set([{ operation: 'pay', kind: 'status', status: 503, count: null }]);
    await payButton(page).click();
    await notice.getByText('We are busy right now. Trying again in').waitFor();
    await expectSoon('The payment provider does not answer right now. Nothing was charged');
    await expectNotice('please try again in a minute');
    run.sandbox.faults.clear();

    await setSuspended(userId, true);
    await payButton(page).click();
    await expectNotice('This account is suspended, so it cannot be upgraded');
    await setSuspended(userId, false);

    // Time stands still for the throttle, so that what others took of it does not come back.
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now);
    const path = `${run.url}/payments/upgrade-to-pro`;
    while ((await postJson(path, {})).status !== 429);
    await payButton(page).click();
    await notice.getByText('We are busy right now. Trying again in').waitFor();
    await expectSoon('We are busy right now. Nothing was charged');
    await expectNotice('please try again in a moment');
    vi.restoreAllMocks();

    await payButton(page).click();
    await page.waitForURL('**/phonepe/**');
    await setSuspended(userId, true);
    await endPayment(page, /^Pay ₹/, 'Payment received');
    await page.getByText('This account is suspended, so the plan is not turned on').waitFor();
  });

  it('refunded or over: says which of the two, and leads to the plans', async () => {
    const page = await open();
    await signIn(page, run.url);
    await openPaymentPage(page, run.url, 'basic-monthly');
    await endPayment(page, /^Pay ₹/, 'Your plan is on');
    const over = page.url();
    await openPaymentPage(page, run.url, 'pro');
    await endPayment(page, /^Pay ₹/, 'Your plan is on');
    await run.idle();
    const refunded = page.url();
    const token = await postJson(`${run.url}/local-issuer/token`, { groups: ['repair'] });
    const authorization = `Bearer ${Object(await token.json()).token}`;
    const body = {
      ...{ transactionId: transactionIdOn(page), reason: 'BUYER_REQUEST' },
      idempotencyKey: 'buyer-states',
    };
    const asked = await postJson(`${run.url}/payments/refunds`, body, { authorization });
    expect(asked.status).toBe(202);
    await run.idle();
    await pass(2 * 60_000);
    await page.goto(`${run.url}/account`);
    await page.getByText('Refunded', { exact: true }).waitFor();
    await pass(40 * 86_400_000);
    for (const [address, title] of [
      [refunded, 'This payment gives no access any more'],
      [over, 'Your time is over'],
    ] as const) {
      await page.goto(address);
      await heading(page, title).waitFor();
      await page.getByRole('link', { name: 'See the plans' }).waitFor();
    }
  });

  it('over slow 3G: the button says at once that it works, two clicks are one order, and the way back ends in Pro', async () => {
    const { page, userId } = await openAsBuyer();
    const ordersBefore = run.sandbox.orders.list().length;
    const devtools = await page.context().newCDPSession(page);
    // As Chromium's own developer tools have it: 400 kbit/s, and 2 s until an answer begins.
    const throughput = (400 * 1000) / 8;
    await devtools.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 2000 },
      ...{ downloadThroughput: throughput, uploadThroughput: throughput },
    });
    await page.goto(run.url);
    await page.getByRole('link', { name: 'Get Pro' }).click();
    await page.getByLabel('State or Union Territory').selectOption('29');
    await payButton(page).click({ clickCount: 2 });
    await page.getByText('Opening the payment page…').waitFor();
    const working = page.getByRole('button', { name: 'One moment…' });
    expect(await working.getAttribute('aria-disabled')).toBe('true');
    await page.waitForURL('**/phonepe/**');
    await endPayment(page, /^Pay ₹/, 'Your plan is on');
    await run.idle();
    expect(run.sandbox.orders.list()).toHaveLength(ordersBefore + 1);
    const user = await marketplace.get('users', { userId });
    expect(user).toMatchObject({ subscriptionTier: 'pro' });
  });
});
