import { refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { createRefundId } from '@cloudnestle/payments/refunds/refund-id';
import { awsFaults } from '@cloudnestle/runtime/testing/faults';
import { sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { describe, expect } from 'vitest';
import { idIn, it, operatorClaims } from '../testing/subject.ts';

it.afterEach(({ cloud }) => cloud.cloud.intercept(undefined));

it('sets the amount aside at once, and says what it is', async ({ subject }) => {
  const order = await subject.addOrder();
  const answer = await subject.ask(order, { note: 'case 4711' });
  expect(answer.statusCode).toBe(202);
  const { refund } = refundResponseSchema.parse(answer.body);
  expect(refund).toMatchObject({
    transactionId: order.row.transactionId,
    state: 'RESERVED',
    amountInPaisa: 29_900,
    reason: 'BUYER_REQUEST',
    note: 'case 4711',
    origin: 'OPERATOR',
    requestedBy: 'operator-1',
  });
  expect(await subject.row(order.row.transactionId)).toMatchObject({
    refundHolds: { [refund.refundId]: 29_900 },
    refundVersion: 1,
  });
  const looked = await subject.look(refund.refundId);
  expect(looked).toMatchObject({ statusCode: 200, body: { success: true, refund } });
  expect(Object.keys(Object(looked.body.refund))).not.toContain('claim');
});

it('answers two clicks with one key by one refund, one after the other and at once', async ({
  subject,
}) => {
  const order = await subject.addOrder();
  const body = { idempotencyKey: 'key-of-two-clicks', amountInPaisa: 10_000 };
  const clicks = await Promise.all([1, 2, 3].map(() => subject.ask(order, body)));
  clicks.push(await subject.ask(order, body));
  expect(clicks.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202]);
  expect(new Set(clicks.map(idIn)).size).toBe(1);
  const { refundHolds } = (await subject.row(order.row.transactionId)) ?? {};
  expect(Object.values(Object(refundHolds))).toEqual([10_000]);
});

it('refuses another wish under a key that stands for one', async ({ subject }) => {
  const order = await subject.addOrder();
  const body = { idempotencyKey: 'key-of-one-wish' };
  const first = await subject.ask(order, body);
  for (const change of [{ amountInPaisa: 100 }, { reason: 'FRAUD' }, { note: 'another' }]) {
    const again = await subject.ask(order, { ...body, ...change });
    expect(again).toMatchObject({
      statusCode: 409,
      body: { error: { code: 'IDEMPOTENCY_KEY_REUSED' }, refundId: idIn(first) },
    });
  }
});

it('lets one of two keys at once through, and tells the other why not', async ({ subject }) => {
  const order = await subject.addOrder();
  const answers = await Promise.all([subject.ask(order), subject.ask(order)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, 409]);
  const refused = answers.find(({ statusCode }) => statusCode === 409);
  expect(refused?.body).toMatchObject({
    error: { code: 'REFUND_REFUSED', message: expect.stringContaining('is under way') },
    refusal: 'ANOTHER_RUNNING',
    transactionId: order.row.transactionId,
  });
  const { refundHolds } = (await subject.row(order.row.transactionId)) ?? {};
  expect(Object.values(Object(refundHolds))).toEqual([29_900]);
  expect(subject.platform.counted('RefundRefused')).toBe(1);
});

describe('what cannot be refunded', () => {
  it.for<[string, Parameters<typeof sampleRow>[0], Record<string, unknown>, string]>([
    ['an order that is not paid', { status: 'PENDING' }, {}, 'NOT_COMPLETED'],
    ['all of it back already', { refunds: { 'R-1': 29_900 } }, {}, 'NOTHING_LEFT'],
    ['more than is left', { refunds: { 'R-1': 9_900 } }, { amountInPaisa: 20_001 }, 'TOO_MUCH'],
    ['less than the gateway pays', {}, { amountInPaisa: 99 }, 'TOO_SMALL'],
    ['an old payment', { completedAt: '2025-08-01T00:00:00.000Z' }, {}, 'TOO_OLD'],
    [
      'a disputed payment',
      {
        attention: { DISPUTE: { since: '2025-11-24T00:00:00.000Z' } },
        attentionSince: '2025-11-24T00:00:00.000Z',
      },
      {},
      'DISPUTED',
    ],
    ['another gateway’s order', { paymentMethod: 'closed-gateway' }, {}, 'CANNOT_BE_ASKED'],
  ])(
    '%s: refused with its reason, the same again, and nothing is set aside',
    async ([_what, row, body, refusal], { subject }) => {
      const order = await subject.addOrder(row, { gateway: false });
      const idempotencyKey = `key-refused-${refusal}`;
      for (let click = 1; click <= 2; click += 1) {
        expect(await subject.ask(order, { idempotencyKey, ...body })).toMatchObject({
          statusCode: 409,
          body: {
            error: {
              code: 'REFUND_REFUSED',
              message: expect.stringMatching(/^This cannot be refunded: .{10}/),
            },
            refusal,
          },
        });
      }
      expect(await subject.row(order.row.transactionId)).not.toHaveProperty('refundHolds');
    },
  );

  it('an order that is not there', async ({ subject }) => {
    const unknown = sampleOrder(sampleRow());
    expect(await subject.ask(unknown)).toMatchObject({
      statusCode: 404,
      body: { error: { code: 'ORDER_NOT_FOUND' } },
    });
    expect(await subject.look('MR-unknown')).toMatchObject({
      statusCode: 404,
      body: { error: { code: 'REFUND_NOT_FOUND' } },
    });
  });
});

it.for<[string, Record<string, string> | null, number]>([
  ['an operator who repairs', operatorClaims, 202],
  ['an admin', { ...operatorClaims, 'cognito:groups': '[admin]' }, 202],
  ['a member of other groups', { ...operatorClaims, 'cognito:groups': '[look sellers]' }, 403],
  ['a token of another client', { ...operatorClaims, aud: 'another' }, 401],
  ['no token', null, 401],
])('%s: answered as the groups say', async ([_who, claims, statusCode], { subject }) => {
  const order = await subject.addOrder({}, { gateway: false });
  expect((await subject.ask(order, {}, claims)).statusCode).toBe(statusCode);
  const looked = await subject.look('MR-unknown', claims);
  expect(looked.statusCode).toBe(statusCode === 202 ? 404 : statusCode);
});

it.for<[string, Record<string, unknown>]>([
  ['amountInPaisa', { amountInPaisa: 0 }],
  ['amountInPaisa', { amountInPaisa: 100.5 }],
  ['reason', { reason: 'BECAUSE' }],
  ['idempotencyKey', { idempotencyKey: 'short' }],
  ['note', { note: 'x'.repeat(501) }],
  ['transactionId', { transactionId: 'MP-1' }],
])('names the field at fault: %s of %o', async ([field, body], { subject }) => {
  const answer = await subject.ask(sampleOrder(), body);
  expect(answer).toMatchObject({ statusCode: 400, body: { error: { fields: [{ field }] } } });
});

describe.each([1, 2, 3, 4, 5])('AWS call %i of a request', (position) => {
  it.for(Object.entries(awsFaults))(
    '%s: the next click with the key finds or makes the one refund',
    async ([how, fault], { cloud, subject }) => {
      const order = await subject.addOrder({}, { gateway: false });
      const idempotencyKey = `key-fault-${position}-${how.replaceAll(' ', '-')}`;
      let calls = 0;
      cloud.cloud.intercept((call) => {
        if (call.service !== 'dynamodb') return undefined;
        calls += 1;
        return calls === position ? fault : undefined;
      });
      await subject.ask(order, { idempotencyKey });
      cloud.cloud.intercept(undefined);
      // The one that died holds its claim for a while; after that the next one takes over.
      subject.platform.setNow(new Date(subject.platform.now().getTime() + 30_000));
      expect(await subject.ask(order, { idempotencyKey })).toMatchObject({
        statusCode: 202,
        body: { refund: { state: 'RESERVED', amountInPaisa: 29_900 } },
      });
      const refundId = createRefundId(order.row.transactionId, idempotencyKey);
      expect(await subject.row(order.row.transactionId)).toMatchObject({
        refundHolds: { [refundId]: 29_900 },
        refundVersion: 1,
      });
    },
  );
});
