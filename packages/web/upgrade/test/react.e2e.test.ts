import { findBarriers } from '@cloudnestle/test-kit/browser';
import { describeInBrowser } from '@cloudnestle/test-kit/describe-in-browser';
import { useBrowser } from '@cloudnestle/test-kit/use-browser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './fixture/shop.ts';

const refusal = (code: string, more: object = {}) => ({
  status: 409,
  body: { success: false, message: code, error: { code }, ...more },
});
const payment = {
  success: true,
  transactionId: 'txn_1',
  tier: 'pro',
  amountInPaisa: 29_900,
  currency: 'INR',
  message: '',
};

describeInBrowser('the package in a browser', () => {
  // Hydration that does not fit, and every other warning of React's, is an error on the console.
  const { open } = useBrowser();

  describe.each([18, 19] as const)(
    'with React %d, rendered on a server, in StrictMode',
    (major) => {
      let shop: Shop;
      beforeAll(async () => {
        shop = await openShop(major);
      });
      afterAll(() => shop.close());
      beforeEach(() => {
        shop.calls.length = 0;
        shop.replies.length = 0;
      });

      // With React 19 the storefront's tests do the same.
      if (major === 18)
        it('a triple click is one call, and after Back the button works', async () => {
          const page = await open({ browser: 'whole' });
          await page.goto(shop.url);
          await page.evaluate(() => Object.assign(window, { isFrozenPage: true }));
          const pro = page.getByRole('button', { name: 'Get Pro' });
          const { promise, resolve: letAnswer } = Promise.withResolvers<void>();
          shop.held = promise;
          await pro.click({ clickCount: 3 });
          expect(
            await page.getByRole('button', { name: 'Get Basic' }).getAttribute('aria-disabled'),
          ).toBe('true');
          letAnswer();
          await page.waitForURL(`${shop.gatewayUrl}/page`);
          expect(shop.calls).toEqual(['POST /payments/upgrade-to-pro']);
          await page.goBack({ waitUntil: 'commit' });
          // It is the very page that was left: a page that is loaded anew would prove nothing.
          expect(await page.evaluate(() => 'isFrozenPage' in window)).toBe(true);
          await expect.poll(() => pro.getAttribute('aria-disabled')).toBe('false');
          expect(await page.getByRole('status').allTextContents()).toEqual(['', '']);
          await pro.focus();
          await page.keyboard.press('Enter');
          await page.waitForURL(`${shop.gatewayUrl}/page`);
          expect(shop.calls).toHaveLength(2);
        });

      // What is said is the same words with every React.
      if (major === 19)
        it('what stands in the way is said where a screen reader hears it, with a way on', async () => {
          const page = await open();
          shop.replies.push(
            refusal('ALREADY_PRO'),
            refusal('PAYMENT_IN_PROGRESS', { transactionId: 'txn_0' }),
            refusal('PAYMENT_IN_PROGRESS', {
              transactionId: 'txn_0',
              redirectUrl: `${shop.gatewayUrl}/open`,
            }),
            {
              status: 500,
              body: { message: 'x', error: { code: 'INTERNAL_ERROR' }, requestId: 'req-7' },
            },
          );
          await page.goto(shop.url);
          const pro = page.getByRole('button', { name: 'Get Pro' });
          const status = page.getByRole('status').first();
          for (const words of ['already have', 'still being processed', 'another tab', 'req-7']) {
            await pro.click();
            await expect.poll(() => status.textContent()).toContain(words);
            expect(await pro.evaluate((button) => button === document.activeElement)).toBe(true);
            if (words === 'still being processed') {
              expect(await status.getByRole('link').getAttribute('href')).toBe(
                '/return?transactionId=txn_0',
              );
            }
            if (words === 'another tab') {
              expect(await status.getByRole('link').getAttribute('href')).toBe(
                `${shop.gatewayUrl}/open`,
              );
            }
          }
          expect(await findBarriers(page)).toEqual([]);
        });

      it('a payment is announced once and followed until it is on, and then is not asked about', async () => {
        const page = await open();
        const paid = { ...payment, status: 'COMPLETED' };
        // The last reply is given again and again: the plan is on as soon as the page was seen to wait for it.
        shop.replies.push(
          { status: 200, body: {} },
          { status: 200, body: { ...paid, access: 'PENDING', retryAfterMs: 1 } },
        );
        await page.clock.install();
        await page.goto(`${shop.url}/return?transactionId=txn_1`);
        await page.getByRole('heading', { name: 'Payment received' }).waitFor();
        expect(await findBarriers(page)).toEqual([]);
        shop.replies.push({ status: 200, body: { ...paid, access: 'GRANTED', retryAfterMs: 0 } });
        await page.getByRole('heading', { name: 'Your plan is on' }).waitFor();
        // Both start at once, so either may arrive first.
        const told = shop.calls.length;
        const isNews = (call: string) => call === 'POST /payments/callback';
        expect(shop.calls.filter(isNews)).toHaveLength(1);
        expect(new Set(shop.calls.filter((call) => !isNews(call)))).toEqual(
          new Set(['GET /payments/status/txn_1']),
        );
        await page.clock.fastForward('10:00');
        expect(await page.getByRole('heading', { name: 'Your plan is on' }).count()).toBe(1);
        expect(shop.calls).toHaveLength(told);
        expect(await page.getByRole('button').count()).toBe(0);
      });
    },
  );
});
