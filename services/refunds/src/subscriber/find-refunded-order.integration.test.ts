import type { Order } from '@cloudnestle/payments/order';
import { LAST_ATTEMPT } from '@cloudnestle/runtime/queue/plan-retry';
import { payAtGateway, refundAtGateway } from '@cloudnestle/test-kit/gateway';
import { gatewayEventOf, refundEventOf } from '@cloudnestle/test-kit/gateway-events';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { deadLetterReasons, it, type Subject } from '../testing/subject.ts';

let order: Order;
let refundId: string;
let refunds = 0;

it.beforeEach(async ({ cloud, gateway, subject }) => {
  refunds += 1;
  refundId = `R-${refunds}`;
  order = await subject.addOrder();
  await refundAtGateway(gateway, order, {
    id: refundId,
    amountInPaisa: 29_900,
    outcome: 'COMPLETED',
  });
  await cloud.receive('reconciliation', 'queue');
});

const said = { kind: 'refund', gatewayState: 'COMPLETED' } as const;

async function expectTold(subject: Subject) {
  expect(await subject.heard(1)).toMatchObject([
    {
      detailType: 'PaymentRefunded',
      data: {
        refundId,
        transactionId: order.row.transactionId,
        amountInPaisa: 29_900,
        isFull: true,
        origin: 'GATEWAY',
      },
    },
  ]);
}

it('finds the order by our own id of it, without the index', async ({ cloud, subject }) => {
  cloud.cloud.calls.reset();
  await subject.deliver(refundEventOf(order, refundId, { gatewayOrderId: 'OMO-other' }));
  expect(cloud.cloud.calls.count('dynamodb', 'Query')).toBe(0);
  await expectTold(subject);
});

it.for([
  ['there is no other', {}],
  ['our own one is not ours', { merchantOrderId: 'MP-strange' }],
] as const)(
  'finds it by the gateway’s id of the order where %s',
  async ([_why, ids], { subject }) => {
    const gatewayOrderId = order.row.phonepeOrderId ?? '';
    await subject.deliver(
      gatewayEventOf({ ...said, ...ids, gatewayOrderId, merchantRefundId: refundId }),
    );
    await expectTold(subject);
  },
);

it.for([
  ['names no order', {}],
  ['names unknown orders', { merchantOrderId: 'MP-x', gatewayOrderId: 'OMO-x' }],
] as const)(
  'finds it by what the gateway says of the refund where the event %s',
  async ([_why, ids], { subject }) => {
    await subject.deliver(gatewayEventOf({ ...said, ...ids, merchantRefundId: refundId }));
    await expectTold(subject);
  },
);

it.for([
  ['which the gateway does not know', { merchantRefundId: 'R-unknown' }],
  ['without an id to ask by', { gatewayRefundId: 'OMR-1' }],
] as const)(
  'dead-letters a refund of no order %s, and alerts',
  async ([_which, ids], { cloud, subject }) => {
    await subject.deliver(gatewayEventOf({ ...said, ...ids }));
    const [named] = Object.entries(ids).map((each) => each.join(' '));
    expect(await deadLetterReasons(cloud)).toEqual([`no order here for this refund: ${named}`]);
    expect(subject.platform.counted('GatewayEventUnknownOrder')).toBe(1);
  },
);

it.for([
  ['the order was opened', { paymentMethod: 'closed-gateway' }, {}],
  [
    'an event of no known order came from',
    {},
    { merchantOrderId: 'MP-x', gateway: 'closed-gateway' },
  ],
] as const)(
  'believes no other gateway where the one that %s is not registered: retried, then a dead letter',
  async ([_which, row, said], { cloud, gateway, subject }) => {
    const paid = await subject.addOrder(row);
    const id = `${refundId}-c`;
    await refundAtGateway(gateway, paid, { id, amountInPaisa: 29_900, outcome: 'COMPLETED' });
    const before = gateway.sandbox.calls.refundStatus;
    const event = refundEventOf(paid, id, said);
    expect((await subject.deliverAgain(1, event)).batchItemFailures).toHaveLength(1);
    await subject.deliverAgain(LAST_ATTEMPT, event);
    expect(await deadLetterReasons(cloud)).toEqual([expect.stringContaining('"closed-gateway"')]);
    expect(gateway.sandbox.calls.refundStatus).toBe(before);
    expect(await subject.refund(id)).toBeUndefined();
  },
);

it('dead-letters a refund whose order the gateway knows and we do not', async ({
  cloud,
  gateway,
  subject,
}) => {
  const elsewhere = sampleOrder(sampleRow({ userId: subject.userId }));
  await payAtGateway(gateway, elsewhere);
  const id = `${refundId}-b`;
  await refundAtGateway(gateway, elsewhere, { id, amountInPaisa: 29_900, outcome: 'COMPLETED' });
  await subject.deliver(gatewayEventOf({ ...said, merchantRefundId: id }));
  expect(await deadLetterReasons(cloud)).toEqual([
    `no order here for this refund: merchantRefundId ${id}`,
  ]);
});
