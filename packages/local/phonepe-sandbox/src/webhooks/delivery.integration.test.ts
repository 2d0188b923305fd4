import { expect, test } from 'vitest';
import { openMerchant } from '../testing/open-merchant.ts';

const quick = { retryDelaysMs: [1, 1, 1] };

test('a refused webhook comes again, with the same body, until the merchant answers 2xx', async () => {
  const merchant = await openMerchant({ webhook: quick, hookAnswer: (n) => (n < 3 ? 503 : 204) });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();

  const tries = merchant.sandbox.deliveries
    .list()
    .map((delivery) => [delivery.try, delivery.status]);
  expect(tries).toEqual([
    [1, 503],
    [2, 503],
    [3, 204],
  ]);
  expect(new Set(merchant.hook.received.map(({ body }) => body)).size).toBe(1);
});

test('it is given up when the tries are used up', async () => {
  const merchant = await openMerchant({ webhook: quick, hookAnswer: () => 500 });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'FAILED' });
  expect(await merchant.webhooks()).toHaveLength(4);
});

test('a merchant who does not answer in time, or redirects, is asked again', async () => {
  const answers = [undefined, 302, 200];
  const merchant = await openMerchant({
    webhook: { ...quick, timeoutMs: 1_000 },
    hookAnswer: (n) => answers[n - 1],
  });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();
  const results = merchant.sandbox.deliveries.list().map(({ result }) => result);
  expect(results).toEqual(['timeout', 'refused', 'accepted']);
});

test('a merchant who is down is asked again', async () => {
  const merchant = await openMerchant({ webhook: { ...quick, url: () => 'http://127.0.0.1:1/' } });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();
  const results = merchant.sandbox.deliveries.list().map(({ result }) => result);
  expect(results).toEqual(['unreachable', 'unreachable', 'unreachable', 'unreachable']);
});

test('a duplicate webhook is on its way twice at the same time', async () => {
  const both = Promise.withResolvers<number>();
  const merchant = await openMerchant({
    webhook: { retryDelaysMs: [] },
    hookAnswer: (n) => {
      if (n === 2) both.resolve(200);
      return both.promise;
    },
  });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED', webhook: 'duplicate' });
  await merchant.webhooks();
  expect(merchant.sandbox.deliveries.list().map(({ status }) => status)).toEqual([200, 200]);
});

test('a stopped sandbox waits for no retry and sends nothing more', async () => {
  const merchant = await openMerchant({
    webhook: { retryDelaysMs: [60_000] },
    hookAnswer: () => 500,
  });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await expect.poll(() => merchant.sandbox.deliveries.list().length).toBe(1);

  merchant.sandbox.stop();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });

  expect(await merchant.webhooks()).toHaveLength(1);
});

test('without a hook nothing is sent', async () => {
  const merchant = await openMerchant({ webhook: { url: () => undefined } });
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  expect(await merchant.webhooks()).toEqual([]);
  expect(merchant.sandbox.deliveries.list()).toEqual([]);
});

test('changed webhook credentials count from the next try on', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  merchant.sandbox.setWebhookAuth({ kind: 'hmac', keyId: 'k2', key: 'key', encoding: 'hex' });
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();
  const headers = merchant.hook.received[0]?.headers;
  expect(headers).toHaveProperty('x-phonepe-checksum-key-id', 'k2');
  expect(headers).not.toHaveProperty('authorization');
});

test('a webhook can be had signed without being sent', async () => {
  const merchant = await openMerchant();
  await merchant.pay();
  merchant.sandbox.finish('MO-1', { outcome: 'COMPLETED' });
  await merchant.webhooks();
  const signed = merchant.sandbox.signWebhook('MO-1');
  expect(new TextDecoder().decode(signed?.body)).toBe(merchant.hook.received[0]?.body);
  expect(signed?.headers.authorization).toBe(merchant.hook.received[0]?.headers.authorization);
  expect(merchant.sandbox.signWebhook('MO-9')).toBeUndefined();
});
