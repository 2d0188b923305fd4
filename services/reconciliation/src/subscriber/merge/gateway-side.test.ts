import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { joinGatewaySides, toldBy } from './gateway-side.ts';

const { data } = sampleCompleted().detail;
const both = (a: object, b: object) => [joinGatewaySides(a, b), joinGatewaySides(b, a)];

it('keeps the references of a UPI payment', () => {
  expect(toldBy(data)).toMatchObject({
    payment_mode: 'UPI',
    utr: '123456789012',
    upi_transaction_id: 'UPI123456',
    vpa: 'user@paytm',
  });
});

it.each([
  ['card', { mode: 'CARD' as const, brn: '1' }, 'CARD', undefined],
  ['net banking', { mode: 'NET_BANKING' as const }, 'NET_BANKING', undefined],
  ['a mode nobody knows', { mode: 'OTHER' as const, utr: 'U1' }, 'OTHER', 'U1'],
])('keeps what there is of %s', (_what, instrument, payment_mode, utr) => {
  expect(toldBy({ ...data, instrument })).toEqual({
    webhookEvent: 'checkout.order.completed',
    phonepe_transaction_id: data.gatewayTransactionId,
    payment_mode,
    utr,
    upi_transaction_id: undefined,
    vpa: undefined,
  });
});

it('never lets an absent value replace a present one', () => {
  for (const joined of both({ utr: 'U1' }, { vpa: 'a@b' })) {
    expect(joined).toMatchObject({ utr: 'U1', vpa: 'a@b' });
  }
});

it('takes the same of two values whichever came first', () => {
  for (const joined of both({ utr: 'U2' }, { utr: 'U1' })) expect(joined.utr).toBe('U1');
});

it.each(['browser.return', 'checkout', 'manual', 'sweep'])(
  'prefers the gateway’s own event name to our "%s"',
  (webhookEvent) => {
    for (const joined of both({ webhookEvent }, { webhookEvent: 'zz.order.completed' })) {
      expect(joined.webhookEvent).toBe('zz.order.completed');
    }
  },
);

it('prefers a known mode of payment to OTHER', () => {
  for (const joined of both({ payment_mode: 'OTHER' }, { payment_mode: 'UPI' })) {
    expect(joined.payment_mode).toBe('UPI');
  }
});
