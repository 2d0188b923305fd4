import { afterEach, describe, expect, it, vi } from 'vitest';
import { announceReturn } from './browser/announce-return.js';

afterEach(() => vi.unstubAllGlobals());

describe('the return page, announcing that the buyer is back', () => {
  it('posts the payment’s id to the API, and nothing else', async () => {
    const fetch = vi.fn(async () => Response.json({ success: true }));
    vi.stubGlobal('fetch', fetch);
    await announceReturn('txn_1');
    expect(fetch.mock.calls).toEqual([
      [
        '/payments/callback',
        expect.objectContaining({ method: 'POST', body: '{"transactionId":"txn_1"}' }),
      ],
    ]);
  });

  it.each([
    ['the API is unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['the API refuses', async () => new Response('half an', { status: 503 })],
  ])('changes nothing where %s', async (_what, fetch) => {
    vi.stubGlobal('fetch', fetch);
    await expect(announceReturn('txn_1')).resolves.toBeUndefined();
  });
});
