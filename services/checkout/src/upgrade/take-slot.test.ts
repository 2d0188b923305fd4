import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { ReadOrder } from '@cloudnestle/payments/order';
import { planOf, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { describe, expect, test } from 'vitest';
import { decideStep } from './take-slot.ts';

const now = new Date('2025-11-23T09:10:00.000Z');
const running = { leaseUntil: '2025-11-23T09:10:00.001Z' };
const over = { leaseUntil: '2025-11-23T09:10:00.000Z' };

describe('the order that holds the slot', () => {
  test.each<[string, Partial<TransactionItem>, string]>([
    ['with an open page is used again', {}, 'reuse'],
    ['is open until the very moment it expires', { expiresAt: after(1) }, 'reuse'],
    ['expired is asked about', { expiresAt: after(0) }, 'ask'],
    ['FAILED is asked about', { status: 'FAILED' }, 'ask'],
    ['whose answer did not fit is asked about', { attention: standing('MISMATCH') }, 'ask'],
    ['without an outcome is asked about', { attention: standing('NO_OUTCOME') }, 'ask'],
    ['whose outcome was lost is asked about', { attention: standing('NOT_REACHED') }, 'ask'],
    ['that an earlier version put up for review is asked about', { needsReview: 'odd' }, 'ask'],
    ['that is disputed is used as before', { attention: standing('DISPUTE') }, 'reuse'],
    [
      'that was paid back in part is held as before',
      { attention: standing('MISMATCH'), refunds: { 'refund-1': 100 } },
      'ask',
    ],
    [
      'that was paid back in full gives way',
      { attention: standing('MISMATCH'), accessRevokedAt: after(0) },
      'replace',
    ],
    ['COMPLETED is a payment that stands', { status: 'COMPLETED' }, 'alreadyPaid'],
    [
      'COMPLETED and revoked gives way',
      { status: 'COMPLETED', accessRevokedAt: after(0) },
      'replace',
    ],
  ])('%s', (_name, change, kind) => {
    expect(decideStep(over, found(change), { now, granted: {} }).kind).toBe(kind);
    expect(decideStep(running, found(change), { now, granted: {} }).kind).toBe(kind);
  });
});

test('a pass may be bought again once the last one has arrived at its buyer, and no plan that is bought for ever', () => {
  const decide = (planId: string, granted: Record<string, { tier: string; at?: string }>) => {
    const plan = planOf(planId);
    const row = sampleRow({
      merchantOrderId: 'MP-u-1-a',
      plan,
      tier: plan.tier,
      status: 'COMPLETED',
    });
    return decideStep(over, { kind: 'order', order: sampleOrder(row) }, { now, granted }).kind;
  };
  const arrived = { 'txn_MP-u-1-a': { tier: 'basic', at: after(0) } };
  expect(decide('basic-monthly', arrived)).toBe('replace');
  expect(decide('basic-monthly', {})).toBe('alreadyPaid');
  expect(decide('basic-monthly', { 'txn_MP-u-1-a': { tier: 'basic' } })).toBe('alreadyPaid');
  expect(decide('pro', arrived)).toBe('alreadyPaid');
});

describe('an order without a page', () => {
  test.each<[string, ReadOrder | undefined, string, string]>([
    ['is waited for while its claimant may be at work', bare(), 'wait', 'fence'],
    ['FAILED is no different', bare({ status: 'FAILED' }), 'wait', 'fence'],
    ['and without a row is waited for too', undefined, 'wait', 'fenceMissing'],
    ['fenced gives way at once', bare({ supersededBy: 'x' }), 'replace', 'replace'],
  ])('%s', (_name, order, whileRunning, afterwards) => {
    expect(decideStep(running, order, { now, granted: {} }).kind).toBe(whileRunning);
    expect(decideStep(over, order, { now, granted: {} }).kind).toBe(afterwards);
    expect(decideStep({}, order, { now, granted: {} }).kind).toBe(afterwards);
  });
});

test('a row that cannot be read is never taken for a free place', () => {
  const unreadable = { kind: 'unreadable', reason: 'status' } as const;
  expect(decideStep(over, unreadable, { now, granted: {} })).toEqual(unreadable);
  const givenUp = { ...unreadable, isGivenUp: true } as const;
  expect(decideStep(over, givenUp, { now, granted: {} })).toEqual({ kind: 'replace' });
});

function standing(reason: string) {
  return { [reason]: { since: '2025-11-23T09:05:00.000Z' } };
}

function after(ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}

function bare(change: Partial<TransactionItem> = {}): ReadOrder {
  const { redirectUrl, phonepeOrderId, ...row } = sampleRow(change);
  return { kind: 'order', order: sampleOrder(row) };
}

function found(change: Partial<TransactionItem>): ReadOrder {
  return { kind: 'order', order: sampleOrder(sampleRow(change)) };
}
