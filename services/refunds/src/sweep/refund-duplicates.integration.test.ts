import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import type { Order } from '@cloudnestle/payments/order';
import { gatewayTest } from '@cloudnestle/test-kit/cloud-test';
import { describe, expect } from 'vitest';
import { createSubject, type Subject } from '../testing/subject.ts';

const HOUR = 3600;
/** The sample orders were paid 23 hours before the subject's clock starts. */
const HOLD_IS_OVER = (72 - 23) * HOUR;

const rule = (change: Record<string, unknown> = {}) => ({
  REFUND_DUPLICATES: JSON.stringify({ enabled: true, holdHours: 72, maxPerDay: 100, ...change }),
});

const it = gatewayTest
  .extend('subject', ({ cloud, gateway }) => createSubject(cloud, gateway, rule()))
  .extend('off', ({ cloud, gateway }) => createSubject(cloud, gateway, rule({ enabled: false })));

it.beforeEach(({ gateway }) => {
  gateway.sandbox.refundRules.set({ delayMs: null, webhook: 'lose', statusBody: 'all' });
});

const paidTwice = { reason: 'CHARGED_TWICE', at: '2025-11-23T10:00:00.000Z' } as const;
const needs = (reason: AttentionReason = 'CHARGED_TWICE') => ({
  attention: { ...paidTwice, reason, id: 'fact' },
});

/** Two orders of one buyer, both paid: the second is owed back. */
async function payTwice(
  subject: Subject,
  changes: {
    kept?: Partial<TransactionItem>;
    second?: Partial<TransactionItem>;
    keptNeeds?: AttentionReason;
  } = {},
) {
  const kept = await subject.addOrder(
    changes.kept,
    changes.keptNeeds ? needs(changes.keptNeeds) : {},
  );
  const duplicateOf = kept.row.transactionId;
  const second = await subject.addOrder({ duplicateOf, ...changes.second }, needs());
  return { kept, second };
}

async function machineRefunds({ refundsOf }: Subject, orders: readonly Order[]) {
  const lists = await Promise.all(orders.map(({ row }) => refundsOf(row.transactionId)));
  return lists.flat();
}

it('pays the second of two payments back once the hold is over, once, and never the kept one', async ({
  subject,
}) => {
  const { kept, second } = await payTwice(subject);
  await subject.sweepAt(HOLD_IS_OVER - 60);
  expect(await machineRefunds(subject, [kept, second])).toEqual([]);
  for (const minute of [0, 1, 2]) await subject.sweepAt(HOLD_IS_OVER + minute * 60);
  expect(await machineRefunds(subject, [kept, second])).toMatchObject([
    {
      transactionId: second.row.transactionId,
      amountInPaisa: 29_900,
      reason: 'DUPLICATE',
      origin: 'MACHINE',
      requestedBy: 'refund-sweep',
      state: 'PENDING',
    },
  ]);
});

it('gives one payment back of an order that two attempts have paid', async ({ subject }) => {
  const order = await subject.addOrder({ completedAttempts: 2 }, needs());
  await subject.sweepAt(HOLD_IS_OVER);
  await subject.sweepAt(HOLD_IS_OVER + 60);
  expect(await machineRefunds(subject, [order])).toMatchObject([{ amountInPaisa: 29_900 }]);
});

const dispute = (state: 'OPEN' | 'LOST') => ({
  disputes: { D1: { state, since: paidTwice.at, at: paidTwice.at, gatewayState: state } },
});

describe('what no machine decides', () => {
  it.for<[string, Parameters<typeof payTwice>[1]]>([
    ['a dispute of the second is open', { second: dispute('OPEN') }],
    ['a dispute of the kept one was lost', { kept: dispute('LOST') }],
    ['the kept one was taken back', { kept: { accessRevokedAt: paidTwice.at } }],
    ['the second was taken back', { second: { accessRevokedAt: paidTwice.at } }],
    ['a refund of the kept one is under way', { kept: { refundHolds: { 'MR-1': 100 } } }],
    ['a part of the kept one went back', { kept: { refunds: { 'MR-1': 100 } } }],
    ['the kept one is not paid', { kept: { status: 'FAILED' } }],
    ['the kept one is a duplicate itself', { kept: { duplicateOf: 'txn_MP-other' } }],
    ['an operator is needed for the kept one', { keptNeeds: 'MISMATCH' }],
  ])('%s', async ([_which, changes], { subject }) => {
    const { kept, second } = await payTwice(subject, changes);
    await subject.sweepAt(HOLD_IS_OVER);
    expect(await machineRefunds(subject, [kept, second])).toEqual([]);
  });

  it('a duplicate whose refund has failed before', async ({ gateway, subject }) => {
    const { second } = await payTwice(subject);
    gateway.sandbox.refundRules.set({ balance: 0, lowBalance: 'refused' });
    for (const minute of [0, 1, 2, 3, 4]) await subject.sweepAt(HOLD_IS_OVER + minute * 60);
    gateway.sandbox.refundRules.set({ balance: 'ample', lowBalance: 'fails' });
    const [failed, ...others] = await machineRefunds(subject, [second]);
    expect(failed).toMatchObject({ state: 'FAILED' });
    expect(others).toEqual([]);
    // The books take the hold away.
    await subject.keepOnRow(second.row.transactionId, String(failed?.refundId));
    await subject.sweepAt(HOLD_IS_OVER + HOUR);
    expect(await machineRefunds(subject, [second])).toHaveLength(1);
  });
});

it('asks for nothing where the stage does not say so', async ({ off }) => {
  const { kept, second } = await payTwice(off);
  await off.sweepAt(HOLD_IS_OVER);
  expect(await machineRefunds(off, [kept, second])).toEqual([]);
});
