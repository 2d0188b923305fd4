import { instrumentSchema } from '@cloudnestle/contracts/instrument';
import { timestampSchema } from '@cloudnestle/contracts/time';
import type { OrderStatus } from '@cloudnestle/payments/gateway';
import { describe, expect, it } from 'vitest';
import { readOrderStatus } from './order-status.ts';
import { parseFixture } from './testing/fixtures.ts';

const ASKED = { merchantId: 'MERCHANTUAT', merchantOrderId: 'MO-1' };

function read(body: unknown): OrderStatus {
  const status = readOrderStatus(body, ASKED);
  if (!status) throw new Error('unreadable');
  return status;
}

describe("PhonePe's samples", () => {
  it('UPI with its utr in the split part only: the attempt wins, the utr is found', () => {
    expect(read(parseFixture('order-status-completed-utr-in-split-only'))).toEqual({
      state: 'COMPLETED',
      gatewayState: 'COMPLETED',
      gatewayOrderId: 'OMO2407021511185686967711',
      amountInPaisa: 1000,
      isOurs: true,
      attempts: [
        {
          state: 'COMPLETED',
          at: '2024-07-02T09:45:09.762Z',
          gatewayTransactionId: 'OM2407021515097451914211',
          instrument: {
            mode: 'UPI',
            gatewayMode: 'UPI_INTENT',
            utr: '400000000001',
            upiTransactionId: 'upi12313',
            vpa: '12****78@ybl',
          },
        },
      ],
    });
  });

  it('UPI and wallet together: the references of the UPI part', () => {
    const { attempts } = read(parseFixture('order-status-completed-split-upi-wallet'));
    expect(attempts.map(({ instrument }) => instrument)).toEqual([
      {
        mode: 'UPI',
        gatewayMode: 'UPI_INTENT',
        utr: '400000000002',
        upiTransactionId: 'YBL0123456789abcdef0123456789abcdef',
        vpa: '12****78@ybl',
      },
    ]);
  });

  it('card: bank references, leading zeros kept', () => {
    const { attempts } = read(parseFixture('order-status-completed-card'));
    expect(attempts[0]?.at).toBe('2025-07-24T06:20:26.421Z');
    expect(attempts[0]?.instrument).toEqual({
      mode: 'CARD',
      gatewayMode: 'CARD',
      cardType: 'CREDIT',
      cardNetwork: 'VISA',
      bankId: 'HDFC',
      brn: '520000000001',
      authorizationCode: '000001',
    });
  });

  it('net banking: bank references', () => {
    const { attempts } = read(parseFixture('order-status-completed-net-banking'));
    expect(attempts[0]?.instrument).toEqual({
      mode: 'NET_BANKING',
      gatewayMode: 'NET_BANKING',
      bankId: '<bankId>',
      bankTransactionId: '<bankTransactionId>',
      brn: '<brn>',
      arn: '<arn>',
    });
  });

  it('the buyer has not tried to pay yet', () => {
    expect(read(parseFixture('order-status-pending-no-attempt'))).toEqual({
      state: 'PENDING',
      gatewayState: 'PENDING',
      gatewayOrderId: 'OMO2407111821482103732111',
      amountInPaisa: 100,
      isOurs: true,
      attempts: [],
    });
  });

  it('declined', () => {
    expect(read(parseFixture('order-status-failed-error-context'))).toEqual({
      state: 'FAILED',
      gatewayState: 'FAILED',
      gatewayOrderId: 'OMO2407121214395503786511',
      amountInPaisa: 200,
      isOurs: true,
      failure: 'DECLINED',
      errorCode: 'INVALID_MPIN',
      attempts: [
        {
          state: 'FAILED',
          at: '2024-07-12T06:44:57.944Z',
          gatewayTransactionId: 'OM2407121214579231302711',
          instrument: { mode: 'UPI', gatewayMode: 'UPI_COLLECT' },
        },
      ],
    });
  });

  /** Order webhooks carry the same order body: a second set of samples. */
  it.each([
    ['webhook-checkout-order-completed-captured', 'UPI', '500000000001'],
    ['webhook-checkout-order-completed-iso-timestamp', 'UPI', 'UTR123456789'],
    ['webhook-checkout-order-completed-subscription-setup', 'UPI', '500000000002'],
    ['webhook-checkout-order-completed-no-rail', 'UPI', undefined],
  ])('%s', (name, mode, utr) => {
    const { attempts } = read(parseFixture(name).payload);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.state).toBe('COMPLETED');
    expect(attempts[0]?.instrument).toMatchObject(utr ? { mode, utr } : { mode });
    expect(instrumentSchema.parse(attempts[0]?.instrument)).toEqual(attempts[0]?.instrument);
    if (attempts[0]?.at) expect(timestampSchema.parse(attempts[0].at)).toBe(attempts[0].at);
  });

  it.each([
    ['webhook-checkout-order-failed-upi-collect', 'FAILED', 'DECLINED'],
    ['webhook-checkout-attempt-failed-upi-intent', 'PENDING', undefined],
  ])('%s', (name, state, failure) => {
    const status = read(parseFixture(name).payload);
    expect(status.state).toBe(state);
    expect(status.failure).toBe(failure);
    expect(status.attempts[0]?.state).toBe('FAILED');
  });
});

describe('the state', () => {
  it.each([
    ['CREATED', 'OTHER'],
    ['EXPIRED', 'EXPIRED'],
    ['completed', 'OTHER'],
    ['SOMETHING_NEW', 'OTHER'],
  ])('%s is %s', (word, state) => {
    expect(read({ state: word, amount: 1 })).toMatchObject({ state, gatewayState: word });
  });

  it('of the order decides, whatever its attempts say', () => {
    const status = read({
      state: 'PENDING',
      amount: 1,
      paymentDetails: [{ state: 'FAILED' }, { state: 'COMPLETED' }, { state: 'WAITING' }, {}],
    });
    expect(status.state).toBe('PENDING');
    expect(status.attempts.map(({ state }) => state)).toEqual([
      'FAILED',
      'COMPLETED',
      'OTHER',
      'OTHER',
    ]);
  });
});

describe('an answer is ours', () => {
  it.each([
    [{}, true],
    [{ merchantId: 'MERCHANTUAT', merchantOrderId: 'MO-1' }, true],
    [{ merchantId: '', merchantOrderId: null }, true],
    [{ merchantId: 'ANOTHER' }, false],
    [{ merchantOrderId: 'MO-2' }, false],
    [{ merchantId: 'merchantuat' }, false],
  ])('%j: %s', (ids, isOurs) => {
    expect(read({ state: 'COMPLETED', amount: 29900, ...ids }).isOurs).toBe(isOurs);
  });

  it('or names whose it is', () => {
    const { merchantId } = read({ state: 'COMPLETED', amount: 29900, merchantId: 'ANOTHER' });
    expect(merchantId).toBe('ANOTHER');
    expect(read({ state: 'COMPLETED', amount: 29900 })).not.toHaveProperty('merchantId');
  });
});

it('an order that two attempts have paid: both, each with its own reference and time', () => {
  const { amountInPaisa, attempts } = read(parseFixture('order-status-two-completed-attempts'));
  expect(amountInPaisa).toBe(29_900);
  expect(attempts).toMatchObject([
    { state: 'COMPLETED', gatewayTransactionId: 'A' },
    { state: 'COMPLETED', gatewayTransactionId: 'B' },
  ]);
});

describe('a currency', () => {
  it.each([
    [{ currency: 'INR' }, 'INR'],
    [{ currency: 'usd' }, 'USD'],
    [{ currency: null }, undefined],
    [{}, undefined],
  ])('%j: %s', (named, currency) => {
    expect(read({ state: 'COMPLETED', amount: 29900, ...named }).currency).toBe(currency);
  });
});

describe('a body that is not as documented', () => {
  it('is read as far as it goes', () => {
    const status = read({
      state: 'COMPLETED',
      amount: '29900',
      orderId: null,
      errorContext: 'none',
      metaInfo: [],
      unknown: { deep: true },
      paymentDetails: [
        null,
        'attempt',
        { state: 'COMPLETED', timestamp: 'soon', rail: [], instrument: 7, splitInstruments: {} },
        { state: 'FAILED', timestamp: '1753338026', transactionId: 7, paymentMode: '' },
      ],
    });
    expect(status).toEqual({
      state: 'COMPLETED',
      gatewayState: 'COMPLETED',
      amountInPaisa: 29900,
      isOurs: true,
      attempts: [
        { state: 'COMPLETED' },
        { state: 'FAILED', at: '2025-07-24T06:20:26.000Z', gatewayTransactionId: '7' },
      ],
    });
  });

  it.each([undefined, null, 'R999', 7, [], {}, { state: '', amount: 1 }, { state: 'COMPLETED' }])(
    'is unreadable without state and amount: %j',
    (body) => {
      expect(readOrderStatus(body, ASKED)).toBeUndefined();
    },
  );
});

function failureOf(order: Record<string, unknown>) {
  const body = { state: 'FAILED', amount: 1, ...order };
  return readOrderStatus(body, { merchantId: 'M', merchantOrderId: 'O' })?.failure;
}

const declined = { state: 'FAILED', errorCode: 'INVALID_MPIN', detailedErrorCode: 'ZM' };

describe('why an order failed', () => {
  it.each([
    [{ errorCode: 'INVALID_MPIN' }, 'DECLINED'],
    [{ errorCode: 'ORDER_EXPIRED' }, 'EXPIRED'],
    [{ errorCode: 'X', detailedErrorCode: 'ORDER_EXPIRED' }, 'EXPIRED'],
    [{ errorCode: 'TXN_NOT_COMPLETED', detailedErrorCode: 'TXN_AUTO_FAILED' }, 'EXPIRED'],
    [{ detailedErrorCode: 'ORDER_CANCELLED_BY_USER' }, 'CANCELLED'],
    [{ errorCode: 'TXN_CANCELLED' }, 'CANCELLED'],
    [{ errorContext: { errorCode: 'ORDER_CANCELLED_BY_USER' } }, 'CANCELLED'],
    [{ errorContext: { detailedErrorCode: 'ORDER_EXPIRED' } }, 'EXPIRED'],
    [{ errorCode: '', detailedErrorCode: null, paymentDetails: [declined] }, 'DECLINED'],
    [{ paymentDetails: [{ ...declined, errorCode: 'TXN_NOT_COMPLETED' }] }, 'EXPIRED'],
    [{ paymentDetails: [{ state: 'FAILED' }] }, 'DECLINED'],
    [{ paymentDetails: [{ state: 'PENDING' }] }, 'EXPIRED'],
    [{}, 'EXPIRED'],
  ])('%j: %s', (order, failure) => {
    expect(failureOf(order)).toBe(failure);
  });

  it("the order's own code outweighs its attempts'", () => {
    expect(failureOf({ errorCode: 'ORDER_EXPIRED', paymentDetails: [declined] })).toBe('EXPIRED');
    const expired = { state: 'FAILED', errorCode: 'TXN_NOT_COMPLETED' };
    expect(failureOf({ errorCode: 'INVALID_MPIN', paymentDetails: [expired] })).toBe('DECLINED');
  });

  it('the latest attempt speaks, wherever it stands in the list', () => {
    const early = { ...declined, timestamp: 1753338026 };
    const late = { state: 'FAILED', errorCode: 'TXN_NOT_COMPLETED', timestamp: 1753338027000 };
    expect(failureOf({ paymentDetails: [early, late] })).toBe('EXPIRED');
    expect(failureOf({ paymentDetails: [late, early] })).toBe('EXPIRED');
  });

  it('is said of failed orders only', () => {
    expect(failureOf({ state: 'COMPLETED', errorCode: 'AUTHORIZATION_ERROR' })).toBeUndefined();
    expect(failureOf({ state: 'PENDING', errorCode: 'PAYMENT_ERROR' })).toBeUndefined();
  });
});
