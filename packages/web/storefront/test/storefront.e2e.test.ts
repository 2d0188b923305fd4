import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { advanceClock } from '@cloudnestle/test-kit/advance-clock';
import { findBarriers, type Page } from '@cloudnestle/test-kit/browser';
import { describeInBrowser } from '@cloudnestle/test-kit/describe-in-browser';
import { useBrowser } from '@cloudnestle/test-kit/use-browser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPayment, openPaymentPage, scenes, signIn } from './screenshots/scenes.ts';

const phone = { viewport: { width: 360, height: 640 } };
const buyerOf = (userId: string, name: string) => ({ userId, userEmail: `${name}@example.com` });

describeInBrowser('the storefront, in a browser, over the whole local run', () => {
  let run: LocalRun;
  const { open, problemsOf } = useBrowser();
  beforeAll(async () => {
    run = await startTestRun({ retryScale: 0 });
  });
  afterAll(() => run?.stop());

  const heading = (page: Page, name: string) => page.getByRole('heading', { name });
  /** Presses Tab until that element has the focus. */
  const tabTo = async (page: Page, selector: string) => {
    const isThere = () =>
      page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    for (let presses = 0; presses < 40 && !(await isThere()); presses += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await isThere(), selector).toBe(true);
  };

  it('is bought in with the keyboard alone on a small phone, and the account, the search and a mail follow', async () => {
    const page = await open(phone);
    await page.goto(`${run.url}/checkout?plan=pro`);
    await heading(page, 'Your details').waitFor();
    await tabTo(page, '.pay');
    await page.keyboard.press('Enter');
    await heading(page, 'Sign in').waitFor();
    await tabTo(page, '.choice');
    await page.keyboard.press('Enter');
    await tabTo(page, '.pay');
    await page.keyboard.press('Enter');
    // What is missing has the focus, and its words.
    await page.getByText('Please choose your State').waitFor();
    await tabTo(page, 'select');
    await page.keyboard.type('Karn');
    await page.keyboard.press('Enter');
    if (!page.url().includes('/phonepe/')) {
      await tabTo(page, '.pay');
      await page.keyboard.press('Enter');
    }
    await page.waitForURL('**/phonepe/**');
    await tabTo(page, 'button[value="pay"]');
    await page.keyboard.press('Enter');
    await heading(page, 'Your plan is on').waitFor();
    await page.reload();
    await heading(page, 'Your plan is on').waitFor();
    await tabTo(page, '.result .button');
    await page.keyboard.press('Enter');
    await page.getByText('Unlimited searches').first().waitFor();
    await page.getByText('Yours for ever').waitFor();
    // The invoice follows the payment by a moment.
    await run.idle();
    await page.goto(`${run.url}/account`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /^Download invoice/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^INV\d\d-\d{7}\.pdf$/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      360,
    );
    await run.idle();
    await page.goto(`${run.url}/inbox`);
    await page.getByRole('link', { name: /Welcome to AWS Solution Finder Pro/ }).click();
    await page.frameLocator('iframe').getByRole('cell', { name: '₹299' }).waitFor();
    await page.getByLabel('Text').check();
    await page.locator('.mail-text', { hasText: '₹299' }).waitFor();
  });

  it('three clicks, Back and a second tab are one order, and paying it in one tab is seen in the other', async () => {
    const page = await open({ browser: 'whole' });
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/upgrade-to-pro')) posts.push(request.postData() ?? '');
    });
    await signIn(page, run.url, buyerOf('uuid-only-456', 'uuid-only'));
    await page.goto(`${run.url}/checkout?plan=pro`);
    await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
    await page.getByLabel('State or Union Territory').selectOption('29');
    const pay = page.getByRole('button', { name: /^Pay / });
    await pay.click({ clickCount: 3 });
    await page.waitForURL('**/phonepe/**');
    const paymentPage = page.url();
    expect(posts.map((body) => JSON.parse(body))).toEqual([
      expect.objectContaining({ planId: 'pro', tier: 'pro', billing: { stateCode: '29' } }),
    ]);
    await page.goBack({ waitUntil: 'commit' });
    expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true);
    await expect.poll(() => pay.getAttribute('aria-disabled')).toBe('false');
    const second = await page.context().newPage();
    await openPaymentPage(second, run.url, 'pro');
    expect(second.url()).toBe(paymentPage);
    await endPayment(second, /^Pay /, 'Your plan is on');
    await pay.click();
    await page.getByText('You already have this plan').waitFor();
  });

  it('a payment whose webhook is lost, seen offline, in another browser and by a clock that is an hour off', async () => {
    const page = await open();
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    await signIn(page, run.url, buyerOf('email-only-789', 'email-only'));
    await openPaymentPage(page, run.url, 'basic-monthly');
    const paymentPage = page.url();
    await page.goto(`${run.url}/account`);
    await page.getByRole('link', { name: /^Details/ }).click();
    await heading(page, 'Waiting for your payment').waitFor();
    await page.context().setOffline(true);
    await heading(page, 'You are offline').waitFor();
    const payer = await open();
    await payer.goto(paymentPage);
    await payer.getByRole('button', { name: /lose the webhook/ }).click();
    // Another browser, where the buyer is not signed in. Its return may ask the gateway too late: then the sweep finds the payment.
    await payer.waitForURL('**/payment/callback?**');
    const status = payer.url().replace(/\/payment\/callback\?transactionId=/, '/payments/status/');
    await expect
      .poll(async () => {
        advanceClock(60_000);
        await run.schedules.sweep.runNow();
        return (await fetch(status)).json();
      })
      .toMatchObject({ access: 'GRANTED' });
    await heading(payer, 'Your plan is on').waitFor();
    await page.context().setOffline(false);
    await heading(page, 'Your plan is on').waitFor();
    await page.goto(`${run.url}/account`);
    await page.getByText('Paid').waitFor();
    expect(await page.getByText(/^until \d+ \w+ \d{4}$/).count()).toBe(1);
  });

  it('every page can be read and used by all, in light and dark, and a breach of its policy is noticed', async () => {
    const page = await open(phone);
    await signIn(page, run.url, buyerOf('no-record-000', 'no-record'));
    const places: [path: string, heading: string][] = [
      ['/', 'Plans'],
      ['/sign-in', 'Sign in'],
      ['/checkout?plan=enterprise-yearly', 'Your details'],
      ['/account', 'Payments'],
      ['/inbox', 'Inbox'],
      ['/payment/callback', 'No payment here'],
      ['/payment/callback?transactionId=txn_unknown', 'We do not know this payment'],
    ];
    for (const [path, name] of places) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${run.url}${path}`);
      await page.getByRole('heading', { name }).first().waitFor();
      if (path.startsWith('/checkout')) {
        await page.getByLabel('I buy for a company').check();
        await page.getByRole('button', { name: /^Pay / }).click();
        await page.getByText('15 letters').waitFor();
      }
      await expect.poll(() => findBarriers(page), { message: path }).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect
        .poll(() => findBarriers(page, 'color-contrast'), { message: `${path} in dark` })
        .toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
        path,
      ).toBeLessThanOrEqual(360);
    }
    // On a stage of AWS a buyer types who they are.
    await scenes.find(({ name }) => name === 'stage-checkout')?.show(page, run.url);
    await page.getByText('test@example.com').first().waitFor();
    const problems = problemsOf(page);
    expect(problems).toEqual([]);
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => problems.splice(0).join()).toContain('Content Security Policy');
  });
});
