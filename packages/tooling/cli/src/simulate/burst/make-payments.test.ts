import { setImmediate as turn } from 'node:timers/promises';
import type { PaymentStatusResponse } from '@cloudnestle/contracts/http/payment-status';
import { describe, expect, it } from 'vitest';
import { fates } from './fates.ts';
import { createLimit, follow, judge } from './make-payments.ts';

describe('follow', () => {
  it.each([
    ['paid', 'PENDING', 'PENDING', 'open'],
    ['paid', 'COMPLETED', 'PENDING', 'open'],
    ['paid', 'COMPLETED', 'GRANTED', 'settled'],
    ['paid', 'FAILED', 'PENDING', 'failed'],
    ['lost', 'COMPLETED', 'GRANTED', 'settled'],
    ['declined', 'PENDING', 'PENDING', 'open'],
    ['declined', 'FAILED', 'PENDING', 'settled'],
    ['declined', 'FAILED', 'GRANTED', 'failed'],
    ['declined', 'COMPLETED', 'GRANTED', 'failed'],
    ['abandoned', 'PENDING', 'PENDING', 'open'],
    ['abandoned', 'FAILED', 'PENDING', 'failed'],
  ] as const)('%s, and the stage says %s, access %s: %s', (fate, status, access, kind) => {
    expect(judge({ status, access }, fates[fate], 1).kind).toBe(kind);
  });

  const purchase = {
    kind: 'bought',
    transactionId: 'txn_MO-1',
    amountInPaisa: 29_900,
    paidAtMs: 0,
  } as const;
  const granted: PaymentStatusResponse = {
    success: true,
    transactionId: 'txn_MO-1',
    merchantOrderId: 'MO-1',
    status: 'COMPLETED',
    amount: 299,
    amountInPaisa: 29_900,
    currency: 'INR',
    tier: 'pro',
    message: '',
    access: 'GRANTED',
    retryAfterMs: 0,
  };

  it('asks again while there is no answer', async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return asked < 3 ? undefined : granted;
    };
    const { signal } = new AbortController();
    const standing = await follow({ ...purchase, paidAtMs: performance.now() }, fates.paid, {
      ask,
      signal,
    });
    expect({ asked, kind: standing.kind }).toEqual({ asked: 3, kind: 'settled' });
  });

  it('asks once more when its time is over already', async () => {
    const signal = AbortSignal.abort();
    const ask = async () => ({
      ...granted,
      status: 'PENDING' as const,
      access: 'PENDING' as const,
    });
    expect(await follow(purchase, fates.paid, { ask, signal })).toEqual({ kind: 'open' });
    const late = await follow(purchase, fates.paid, { ask: async () => granted, signal });
    expect(late.kind).toBe('settled');
  });
});

describe('createLimit', () => {
  it('never has more under way than allowed, and does everything', async () => {
    const limit = createLimit(3);
    let atWork = 0;
    let most = 0;
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        limit(async () => {
          atWork += 1;
          most = Math.max(most, atWork);
          await turn();
          atWork -= 1;
          return index;
        }),
      ),
    );
    expect(most).toBe(3);
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('goes on after work that failed', async () => {
    const limit = createLimit(1);
    const failing = limit(() => Promise.reject(new Error('no')));
    const next = limit(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
