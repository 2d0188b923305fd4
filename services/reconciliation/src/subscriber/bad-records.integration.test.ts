import { buildRecord, invokeQueue } from '@cloudnestle/runtime/testing/invoke';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
} from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { createSubject, it } from './testing/subject.ts';

const deadLetterReasons = async (cloud: TestCloud) => {
  const letters = await cloud.receive('reconciliation', 'deadLetterQueue');
  return letters.map((letter) => letter.MessageAttributes?.failureReason?.StringValue).sort();
};

it.for([
  ['a payment', sampleCompleted],
  ['a failure', sampleFailed],
] as const)(
  'dead-letters %s without an order’s row, and makes none',
  async ([_what, sample], { cloud, subject }) => {
    const order = sampleOrder();
    await subject.deliver(sample(order));
    expect(await deadLetterReasons(cloud)).toEqual([
      `no transaction row ${order.row.transactionId}`,
    ]);
    expect(await subject.row(order.row.transactionId)).toBeUndefined();
  },
);

it('dead-letters what meets a row whose status nobody knows, and leaves that row alone', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder({ status: 'ON_HOLD' });
  await subject.deliver(sampleCompleted(order));
  expect(await deadLetterReasons(cloud)).toEqual(['the transaction row cannot be read: status']);
  expect(await subject.row(order.row.transactionId)).toEqual({ ...order.row, status: 'ON_HOLD' });
});

it('applies seven of ten and dead-letters the three bad ones, each with its reason', async ({
  cloud,
  subject,
}) => {
  const buyers = Array.from({ length: 7 }, () => createSubject(cloud));
  const orders = await Promise.all(buyers.map((buyer) => buyer.addOrder()));
  const records = [
    buildRecord({ body: 'poison' }),
    buildRecord(sampleInitiated()),
    ...orders.map((order) => buildRecord(sampleCompleted(order))),
    buildRecord({ detailType: 'PaymentFailed', detail: {} }),
  ];
  expect(await invokeQueue(subject.handler, records)).toEqual({ batchItemFailures: [] });
  expect(await deadLetterReasons(cloud)).toEqual([
    'no contract here for detail type "PaymentInitiated"',
    expect.stringContaining('schema mismatch in PaymentFailed'),
    'the message is no JSON',
  ]);
  for (const { row } of orders) {
    expect(await subject.row(row.transactionId)).toMatchObject({ status: 'COMPLETED' });
  }
});
