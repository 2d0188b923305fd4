import { resolveAttention } from '@cloudnestle/operations/attention/resolve-attention';
import { gatewayEventOf, refundEventOf } from '@cloudnestle/test-kit/gateway-events';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { expect } from 'vitest';
import { deadLetterReasons, it, type Subject } from './testing/subject.ts';

const AT = '2025-11-24T08:00:00.000Z';

const warnings = (subject: Subject) =>
  subject.platform.lines.filter(({ level }) => level === 'warn');

it('needs an operator for an order whose answer does not fit, and goes on looking at it', async ({
  subject,
}) => {
  const { row } = await subject.addOrder();
  const { merchantOrderId, transactionId } = row;
  const event = gatewayEventOf({
    kind: 'mismatch',
    gatewayState: 'COMPLETED',
    merchantOrderId,
    amountInPaisa: 100,
  });
  const { eventId } = event.detail.metadata;
  await subject.deliver(event);
  const detail = "the gateway's answer does not fit this order: COMPLETED over 100 paisa";
  expect(await subject.row(transactionId)).toEqual({
    ...row,
    attention: {
      MISMATCH: { since: AT, detail, facts: { [`${eventId} ${AT}`]: { at: AT, detail } } },
    },
    attentionShard: 'ATTENTION#0',
    attentionSince: AT,
    attentionVersion: 1,
    history: { [eventId]: { what: 'mismatch: COMPLETED', at: AT } },
    updatedAt: expect.any(String),
    last_sync: expect.any(String),
  });
  expect(warnings(subject)).toEqual([
    {
      level: 'warn',
      message: 'order needs attention',
      fields: { transactionId, eventId, attention: 'MISMATCH' },
    },
  ]);
});

it.for([
  ['before it', '2025-11-24T07:59:59.999Z', 1],
  ['after it', '2025-11-24T08:00:00.001Z', 0],
] as const)(
  'needs an operator for a mismatch unless an answer that fits was given later: %s',
  async ([_when, answeredAt, reasons], { subject }) => {
    for (const isMismatchFirst of [true, false]) {
      const order = await subject.addOrder();
      const { merchantOrderId, transactionId } = order.row;
      const mismatch = gatewayEventOf({
        kind: 'mismatch',
        gatewayState: 'COMPLETED',
        merchantOrderId,
      });
      const { detailType, detail } = sampleCompleted(order);
      const completed = {
        detailType,
        detail: { ...detail, data: { ...detail.data, answeredAt } },
      };
      const events = [mismatch, completed];
      for (const event of isMismatchFirst ? events : events.toReversed()) {
        await subject.deliver(event);
      }
      const row = await subject.row(transactionId);
      expect(row).toMatchObject({ status: 'COMPLETED', openShard: 'OPEN#0' });
      const standing = await subject.attention(transactionId);
      expect(standing.filter(({ reason }) => reason === 'MISMATCH')).toHaveLength(reasons);
    }
  },
);

it.for([
  ['long before', '2025-11-24T07:00:00.000Z'],
  ['in the same moment', AT],
] as const)(
  'needs no operator for a mismatch that an earlier version’s operator has cleared: it came %s',
  async ([_when, at], { subject }) => {
    const { row } = await subject.addOrder({ reviewClearedAt: AT });
    const { merchantOrderId, transactionId } = row;
    const data = { kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId } as const;
    const event = gatewayEventOf(data, at);
    await subject.deliver(event);
    expect(await subject.row(transactionId)).toMatchObject({
      history: { [event.detail.metadata.eventId]: { what: 'mismatch: COMPLETED', at } },
    });
    expect(await subject.attention(transactionId)).toEqual([]);
  },
);

it('needs an operator again for a mismatch that comes after an order was cleared', async ({
  subject,
}) => {
  const { row } = await subject.addOrder({ reviewClearedAt: '2025-11-24T07:59:59.999Z' });
  const { merchantOrderId, transactionId } = row;
  await subject.deliver(gatewayEventOf({ kind: 'mismatch', gatewayState: 'X', merchantOrderId }));
  expect(await subject.attention(transactionId)).toMatchObject([{ reason: 'MISMATCH', since: AT }]);
});

const dispute = (merchantOrderId: string, gatewayState: string) =>
  ({ kind: 'dispute', gatewayState, merchantOrderId, disputeId: 'D-1' }) as const;

it('adds a dispute to the history of its order, needs an operator, and changes nothing else', async ({
  subject,
}) => {
  const { row } = await subject.addOrder();
  const { merchantOrderId, transactionId } = row;
  const data = dispute(merchantOrderId, 'CREATED');
  await subject.deliver(gatewayEventOf(data));
  await subject.deliver(gatewayEventOf(data, '2025-11-24T07:00:00.000Z'));
  await subject.deliver(gatewayEventOf(data, '2025-11-24T09:00:00.000Z'));
  const { eventId } = gatewayEventOf(data).detail.metadata;
  const at = '2025-11-24T07:00:00.000Z';
  const detail = 'dispute D-1: CREATED';
  expect(await subject.row(transactionId)).toEqual({
    ...row,
    history: { [eventId]: { what: 'dispute: CREATED', at } },
    disputes: { 'D-1': { state: 'OPEN', since: at, at, gatewayState: 'CREATED' } },
    disputeVersion: 2,
    attention: {
      DISPUTE: { since: at, detail, facts: { 'dispute D-1 CREATED': { at, detail } } },
    },
    attentionShard: 'ATTENTION#0',
    attentionSince: at,
    attentionVersion: 2,
    updatedAt: expect.any(String),
    last_sync: expect.any(String),
  });
});

it.for([
  ['won', 'WON', []],
  ['lost', 'LOST', ['DISPUTE']],
] as const)(
  'needs an operator while a dispute is open, and after one that was %s as that says, in any order',
  async ([_how, decided, reasons], { subject }) => {
    for (const isDecidedFirst of [false, true]) {
      const { row } = await subject.addOrder();
      const { merchantOrderId, transactionId } = row;
      const opened = gatewayEventOf(
        dispute(merchantOrderId, 'CREATED'),
        '2025-11-24T07:00:00.000Z',
      );
      const ended = gatewayEventOf(dispute(merchantOrderId, decided), '2025-11-25T07:00:00.000Z');
      const events = isDecidedFirst ? [ended, opened] : [opened, ended];
      for (const event of events) await subject.deliver(event);
      expect(await subject.row(transactionId)).toMatchObject({
        disputes: { 'D-1': { state: decided, since: '2025-11-24T07:00:00.000Z' } },
      });
      const attention = await subject.attention(transactionId);
      expect(attention.map(({ reason }) => reason)).toEqual(reasons);
    }
  },
);

it('needs an operator again for a dispute’s next step, and not for one that was dealt with', async ({
  subject,
}) => {
  const { merchantOrderId, transactionId } = (await subject.addOrder()).row;
  const step = (gatewayState: string, at = AT) =>
    subject.deliver(gatewayEventOf(dispute(merchantOrderId, gatewayState), at));
  await step('CREATED');
  await resolveAttention(
    { now: () => new Date(), mergeTransaction: subject.merge },
    transactionId,
    { reason: 'DISPUTE', by: 'asha', why: 'answered at the bank' },
  );
  await step('CREATED');
  await step('CREATED', new Date().toISOString());
  expect(await subject.attention(transactionId)).toEqual([]);
  await step('LOST');
  expect(await subject.attention(transactionId)).toMatchObject([{ detail: 'dispute D-1: LOST' }]);
});

it.for(['dispute', 'mismatch'] as const)(
  'finds the order of a %s by the gateway’s own id of it',
  async (kind, { subject }) => {
    const { row } = await subject.addOrder();
    const gatewayOrderId = row.phonepeOrderId ?? '';
    const event = gatewayEventOf({ kind, gatewayState: 'X', gatewayOrderId });
    expect(await subject.deliver(event)).toEqual({ batchItemFailures: [] });
    expect(await subject.row(row.transactionId)).toMatchObject({
      history: { [event.detail.metadata.eventId]: { what: `${kind}: X` } },
    });
  },
);

it('takes no order for the one that a gateway’s id means if two rows have it', async ({
  cloud,
  subject,
}) => {
  await subject.addOrder({ phonepeOrderId: 'OMO-TWICE' });
  await subject.addOrder({ phonepeOrderId: 'OMO-TWICE' });
  await subject.deliver(
    gatewayEventOf({ kind: 'dispute', gatewayState: 'X', gatewayOrderId: 'OMO-TWICE' }),
  );
  expect(await deadLetterReasons(cloud)).toEqual([
    'no order here for this dispute: gatewayOrderId OMO-TWICE',
  ]);
});

it('leaves a refund to the service that asks the gateway about it', async ({ subject }) => {
  const order = await subject.addOrder();
  await subject.deliver(refundEventOf(order, 'R-1'));
  expect(await subject.row(order.row.transactionId)).toEqual(order.row);
  expect(subject.platform.summaries()).toMatchObject([{ outcome: 'skipped: refunds hears it' }]);
});

it.for(['dispute', 'mismatch'] as const)(
  'dead-letters a %s of an order that is not ours, or of none, and alerts',
  async (kind, { cloud, subject }) => {
    const gatewayState = 'X';
    const strange = gatewayEventOf({
      kind,
      gatewayState,
      merchantOrderId: 'MP-strange',
      gatewayOrderId: 'OMO-strange',
    });
    await subject.deliver(strange);
    await subject.deliver(gatewayEventOf({ kind, gatewayState }));
    expect(await deadLetterReasons(cloud)).toEqual([
      `no order here for this ${kind}: merchantOrderId MP-strange, gatewayOrderId OMO-strange`,
      `a ${kind} that names no order`,
    ]);
    expect(subject.platform.counted('GatewayEventUnknownOrder')).toBe(2);
    expect(subject.platform.lines).toContainEqual({
      level: 'warn',
      message: 'gateway event of an unknown order',
      fields: {
        eventId: strange.detail.metadata.eventId,
        kind,
        merchantOrderId: 'MP-strange',
        gatewayOrderId: 'OMO-strange',
      },
    });
  },
);
