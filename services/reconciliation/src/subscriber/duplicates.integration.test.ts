import type { Order } from '@cloudnestle/payments/order';
import { planOf, sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { it, type Subject } from './testing/subject.ts';

let first: Order;
let second: Order;

const FIRST_AT = '2025-11-23T10:00:00.000Z';
const SECOND_AT = '2025-11-23T11:00:00.000Z';

it.beforeEach(async ({ subject }) => {
  first = await subject.addOrder();
  second = await subject.addOrder();
});

async function expectSecondMarked(subject: Subject) {
  expect(await subject.row(second.row.transactionId)).toMatchObject({
    status: 'COMPLETED',
    duplicateOf: first.row.transactionId,
    duplicateOfCompletedAt: FIRST_AT,
  });
  expect(await subject.attention(second.row.transactionId)).toEqual([
    {
      reason: 'CHARGED_TWICE',
      since: SECOND_AT,
      detail: `the buyer had paid with ${first.row.transactionId}`,
    },
  ]);
  expect(await subject.attention(first.row.transactionId)).toEqual([]);
  const original = await subject.row(first.row.transactionId);
  expect(original).toMatchObject({ status: 'COMPLETED' });
  expect(original).not.toHaveProperty('duplicateOf');
  expect((await subject.checkout())?.paid).toEqual({
    [first.row.transactionId]: FIRST_AT,
    [second.row.transactionId]: SECOND_AT,
  });
}

it.for([
  ['in the order of payment', false],
  ['the later payment first', true],
] as const)(
  'marks the later of two paid orders as money owed back: %s',
  async ([_how, reversed], { subject }) => {
    const events = [sampleCompleted(first, FIRST_AT), sampleCompleted(second, SECOND_AT)];
    for (const event of reversed ? events.toReversed() : events) await subject.deliver(event);
    await expectSecondMarked(subject);
    expect(subject.platform.lines.filter((line) => line.level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'order needs attention',
        fields: {
          transactionId: second.row.transactionId,
          duplicateOf: first.row.transactionId,
          attention: 'CHARGED_TWICE',
        },
      },
    ]);
  },
);

it('marks it when both arrive at once', async ({ subject }) => {
  await Promise.all([
    subject.deliver(sampleCompleted(second, SECOND_AT)),
    subject.deliver(sampleCompleted(first, FIRST_AT)),
  ]);
  await expectSecondMarked(subject);
});

it('ends the same, however often both are delivered', async ({ subject }) => {
  const events = [sampleCompleted(second, SECOND_AT), sampleCompleted(first, FIRST_AT)];
  for (let delivery = 1; delivery <= 5; delivery += 1) {
    for (const event of events) await subject.deliver(event);
  }
  await expectSecondMarked(subject);
});

it('needs an operator although the answer to the mark is lost', async ({ cloud, subject }) => {
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  let writes = 0;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'UpdateItem') return undefined;
    writes += 1;
    // The row, the try to make the map, the entry, the mark.
    return writes === 4 ? { when: 'after', reset: true } : undefined;
  });
  await subject.deliver(sampleCompleted(second, SECOND_AT));
  cloud.cloud.intercept(undefined);
  expect(writes).toBeGreaterThanOrEqual(5);
  await expectSecondMarked(subject);
});

it('repairs a lost mark when any of the orders is replayed', async ({ cloud, subject }) => {
  await subject.deliver(sampleCompleted(first, FIRST_AT), sampleCompleted(second, SECOND_AT));
  const marked = await subject.row(second.row.transactionId);
  const { duplicateOf: _d, duplicateOfCompletedAt: _at, ...unmarked } = marked ?? {};
  await cloud.put('transactions', unmarked);
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  await expectSecondMarked(subject);
});

it('moves the marks to an order that turns out to be earlier', async ({ subject }) => {
  await subject.deliver(sampleCompleted(first, FIRST_AT), sampleCompleted(second, SECOND_AT));
  const earliest = await subject.addOrder();
  await subject.deliver(sampleCompleted(earliest, '2025-11-23T09:00:00.000Z'));
  for (const { row } of [first, second]) {
    expect(await subject.row(row.transactionId)).toMatchObject({
      duplicateOf: earliest.row.transactionId,
      duplicateOfCompletedAt: '2025-11-23T09:00:00.000Z',
    });
  }
});

it('leaves the buyer’s slot as it is', async ({ cloud, subject }) => {
  const slot = { checkoutKey: `${subject.userId}#pro`, merchantOrderId: 'MP-x', claimId: 'c-1' };
  await cloud.put('checkouts', slot);
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  expect(await subject.checkout()).toEqual({
    ...slot,
    paid: { [first.row.transactionId]: FIRST_AT },
  });
});

it('keeps the earliest time of an order that is told twice', async ({ subject }) => {
  await subject.deliver(sampleCompleted(first, SECOND_AT));
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  await subject.deliver(sampleCompleted(first, SECOND_AT));
  expect((await subject.checkout())?.paid).toEqual({ [first.row.transactionId]: FIRST_AT });
  expect(await subject.row(first.row.transactionId)).toMatchObject({ completedAt: FIRST_AT });
});

it('warns of a paid order whose row is gone, and still settles the one at hand', async ({
  cloud,
  subject,
}) => {
  const paid = { txn_gone: SECOND_AT };
  await cloud.put('checkouts', { checkoutKey: `${subject.userId}#pro`, paid });
  expect(await subject.deliver(sampleCompleted(first, FIRST_AT))).toEqual({
    batchItemFailures: [],
  });
  expect(await subject.row('txn_gone')).toBeUndefined();
  expect(subject.platform.lines).toContainEqual({
    level: 'warn',
    message: 'paid order without a row',
    fields: { transactionId: 'txn_gone' },
  });
});

it('calls nothing charged twice whose earlier payment was taken back', async ({
  cloud,
  subject,
}) => {
  await subject.deliver(sampleCompleted(first, FIRST_AT));
  const { transactionId } = first.row;
  const row = await subject.row(transactionId);
  await cloud.put('transactions', { ...row, accessRevokedAt: FIRST_AT });
  await subject.deliver(sampleCompleted(second, SECOND_AT));
  expect(await subject.row(second.row.transactionId)).not.toHaveProperty('duplicateOf');
  expect(await subject.attention(second.row.transactionId)).toEqual([]);
});

it('marks no pass as another one’s duplicate: any number of them stacks', async ({
  cloud,
  subject,
}) => {
  const plan = planOf('basic-monthly');
  const pass = { plan, tier: plan.tier, amount: plan.amountInPaisa };
  const rows = [
    sampleRow({ userId: subject.userId, ...pass }),
    sampleRow({ userId: subject.userId, ...pass }),
  ];
  for (const row of rows) {
    await cloud.put('transactions', row);
    await subject.deliver(sampleCompleted(sampleOrder(row), FIRST_AT));
  }
  for (const { transactionId } of rows) {
    const row = await subject.row(transactionId);
    expect(row).toMatchObject({ status: 'COMPLETED' });
    expect(row).not.toHaveProperty('duplicateOf');
  }
  const checkoutKey = `${subject.userId}#basic`;
  expect((await cloud.get('checkouts', { checkoutKey }))?.paid).toBeUndefined();
});
