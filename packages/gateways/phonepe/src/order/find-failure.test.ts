import { describe, expect, it } from 'vitest';
import { readOrderStatus } from './read-order-status.ts';

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
