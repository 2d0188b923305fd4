import { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { describe, expect, it } from 'vitest';
import { parseWebhook } from './read-webhook.ts';
import { readFixture } from './testing/fixtures.ts';

const parse = (body: unknown) =>
  parseWebhook(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe("PhonePe's samples", () => {
  it.each([
    [
      'webhook-checkout-order-completed-no-rail',
      { merchantOrderId: 'MO-0000000001', claimedState: 'COMPLETED' },
    ],
    [
      'webhook-checkout-order-completed-captured',
      { merchantOrderId: '00000000-0000-4000-8000-000000000001', claimedState: 'COMPLETED' },
    ],
    [
      'webhook-checkout-order-completed-iso-timestamp',
      { merchantOrderId: 'test_order_123', claimedState: 'COMPLETED' },
    ],
    [
      'webhook-checkout-order-failed-upi-collect',
      { merchantOrderId: 'MO-0000000002', claimedState: 'FAILED' },
    ],
  ])('%s is about an order', (name, expected) => {
    const verdict = parseWebhook(readFixture(name));
    expect(verdict).toMatchObject({ kind: 'order', ...expected });
    expect(Object.keys(verdict).sort()).toEqual([
      'claimedState',
      'gatewayEvent',
      'kind',
      'merchantOrderId',
    ]);
  });

  it.each([
    ['webhook-checkout-attempt-failed-upi-intent', 'checkout.transaction.attempt.failed'],
    ['webhook-checkout-order-completed-subscription-setup', 'checkout.order.completed'],
    ['webhook-subscription-notification-string-epochs', 'subscription.notification.completed'],
    ['webhook-settlement-initiated', 'settlement.initiated'],
  ])('%s is ignored', (name, gatewayEvent) => {
    expect(parseWebhook(readFixture(name))).toEqual({ kind: 'ignored', gatewayEvent });
  });

  it.each([
    'webhook-type-without-event',
    'webhook-legacy-v1-upi',
    'webhook-pg-refund-completed-no-wrapper',
  ])('%s is malformed', (name) => {
    expect(parseWebhook(readFixture(name))).toMatchObject({ kind: 'malformed' });
  });

  it('a refund with ids sent as numbers keeps their digits', () => {
    const body =
      '{"event":"pg.refund.completed","payload":{"refundId":74839201746538291047382,"orderId":9007199254740993}}';
    expect(parse(body)).toMatchObject({
      gatewayRefundId: '74839201746538291047382',
      gatewayOrderId: '9007199254740993',
    });
  });

  it('a completed refund', () => {
    expect(parseWebhook(readFixture('webhook-pg-refund-completed-card'))).toEqual({
      kind: 'refund',
      gatewayEvent: 'pg.refund.completed',
      gatewayState: 'COMPLETED',
      merchantOrderId: 'Refund-12345',
      merchantRefundId: 'merchantRefundId',
      gatewayRefundId: 'OMR7878098045517540996',
      amountInPaisa: 50000,
    });
  });

  it('a failed refund whose order id is empty', () => {
    expect(parseWebhook(readFixture('webhook-pg-refund-failed-empty-order-id'))).toEqual({
      kind: 'refund',
      gatewayEvent: 'pg.refund.failed',
      gatewayState: 'FAILED',
      gatewayRefundId: 'OMRxxxxx',
      amountInPaisa: 1234,
    });
  });
});

const order = (event: string, payload: Record<string, unknown>) =>
  parse({ event, payload: { merchantOrderId: 'MO-1', ...payload } });

describe('an order event', () => {
  it("of the mission's document is understood", () => {
    const payload = { merchantOrderId: 'MP-test-uuid-123-1732356000-abc123', amount: 29900 };
    expect(
      parse({ event: 'checkout.order.completed', payload: { ...payload, state: 'COMPLETED' } }),
    ).toEqual({
      kind: 'order',
      gatewayEvent: 'checkout.order.completed',
      merchantOrderId: 'MP-test-uuid-123-1732356000-abc123',
      claimedState: 'COMPLETED',
    });
  });

  it.each([
    ['checkout.order.completed', { state: 'COMPLETED' }, 'COMPLETED'],
    ['pg.order.completed', { state: 'COMPLETED' }, 'COMPLETED'],
    ['checkout.order.failed', { state: 'FAILED' }, 'FAILED'],
    ['pg.order.failed', { state: 'FAILED' }, 'FAILED'],
    ['checkout.order.completed', { state: 'FAILED' }, 'FAILED'],
    ['checkout.order.failed', { state: 'COMPLETED' }, 'COMPLETED'],
    ['checkout.order.failed', { state: 'EXPIRED' }, 'FAILED'],
    ['checkout.order.completed', {}, 'COMPLETED'],
    ['checkout.order.failed', { state: null }, 'FAILED'],
    ['checkout.order.completed', { state: 'COMPLETED', paymentFlow: null }, 'COMPLETED'],
    ['checkout.order.completed', { paymentFlow: { type: 'PG_CHECKOUT' } }, 'COMPLETED'],
  ])('%s %j claims %s', (event, payload, claimedState) => {
    expect(order(event, payload)).toMatchObject({ kind: 'order', claimedState });
  });

  it.each([
    ['checkout.order.completed', { state: 'PENDING' }],
    ['checkout.order.failed', { state: 'PENDING' }],
    ['checkout.order.completed', { state: 'NOTIFIED' }],
    ['checkout.order.completed', { paymentFlow: { type: 'SUBSCRIPTION_CHECKOUT_SETUP' } }],
    ['checkout.order.pending', {}],
    ['xcheckout.order.completed', {}],
    ['paylink.order.completed', {}],
    ['subscription.setup.order.completed', {}],
    ['pg.transaction.attempt.failed', { state: 'PENDING' }],
    ['CHECKOUT_ORDER_COMPLETED', {}],
  ])('%s %j is ignored', (event, payload) => {
    expect(order(event, payload)).toEqual({ kind: 'ignored', gatewayEvent: event });
  });

  it.each([undefined, null, '', 7, 'a b', 'x'.repeat(64), '../pay'])(
    'whose order id is %j is malformed',
    (merchantOrderId) => {
      expect(order('checkout.order.completed', { merchantOrderId })).toEqual({
        kind: 'malformed',
        reason: 'no order id',
      });
    },
  );
});

describe("an order that is named by the gateway's id alone", () => {
  it.each([undefined, null, ''])('where ours is %j, is about that order', (merchantOrderId) => {
    const payload = { merchantOrderId, orderId: 'OMO1', state: 'COMPLETED' };
    expect(parse({ event: 'checkout.order.completed', payload })).toEqual({
      kind: 'order',
      gatewayEvent: 'checkout.order.completed',
      gatewayOrderId: 'OMO1',
      claimedState: 'COMPLETED',
    });
  });

  it("is so in a body without merchantOrderId (PhonePe's sample without it)", () => {
    const body = readFixture('webhook-checkout-order-completed-gateway-id-only');
    expect(parseWebhook(body)).toMatchObject({ gatewayOrderId: 'OMO2403282020198641071317' });
  });

  it('keeps every digit of an id sent as a number', () => {
    const body = '{"event":"pg.order.failed","payload":{"orderId":9007199254740993}}';
    expect(parse(body)).toMatchObject({ gatewayOrderId: '9007199254740993' });
  });

  it('is never looked up where ours is given', () => {
    const payload = { merchantOrderId: 'MO-1', orderId: 'OMO1' };
    const verdict = parse({ event: 'checkout.order.completed', payload });
    expect(verdict).toMatchObject({ merchantOrderId: 'MO-1' });
    expect(verdict).not.toHaveProperty('gatewayOrderId');
  });

  it.each([{}, 'a@b.example', 'x'.repeat(65), 'a\nb', null])(
    'is malformed where that is %j',
    (orderId) => {
      expect(parse({ event: 'checkout.order.completed', payload: { orderId } })).toEqual({
        kind: 'malformed',
        reason: 'no order id',
      });
    },
  );
});

describe('refunds and disputes', () => {
  it('a refund that names nothing is malformed', () => {
    const verdict = parse({ event: 'pg.refund.failed', payload: { amount: 1, state: 'FAILED' } });
    expect(verdict).toEqual({ kind: 'malformed', reason: 'refund without any id' });
  });

  it('a refund without any id of its own is told with the order that it names', () => {
    const payload = { orderId: 'OMO1', paymentDetails: [{ state: 'COMPLETED', amount: 1 }] };
    expect(parse({ event: 'pg.refund.completed', payload })).toEqual({
      kind: 'refund',
      gatewayEvent: 'pg.refund.completed',
      gatewayState: 'COMPLETED',
      gatewayOrderId: 'OMO1',
    });
  });

  it('a dispute is told with whatever it names', () => {
    const payload = { disputeId: 'D1', merchantOrderId: 'MO-1', orderId: 'OMO1', amount: '29900' };
    expect(parse({ event: 'payment.dispute.under_review', payload })).toEqual({
      kind: 'dispute',
      gatewayEvent: 'payment.dispute.under_review',
      gatewayState: 'UNDER_REVIEW',
      disputeId: 'D1',
      merchantOrderId: 'MO-1',
      gatewayOrderId: 'OMO1',
      amountInPaisa: 29900,
    });
    expect(parse({ event: 'payment.dispute.won', payload: { state: 'CLOSED' } })).toEqual({
      kind: 'dispute',
      gatewayEvent: 'payment.dispute.won',
      gatewayState: 'CLOSED',
      disputeId: expect.stringMatching(/^unnamed-[0-9a-f]{12}$/),
    });
  });

  it('two disputes that name no id are two, and one that is told again is one', () => {
    const tell = (reason: string) =>
      parse({
        event: 'payment.dispute.created',
        payload: { merchantOrderId: 'MO-1', state: 'CREATED', amount: 29900, reason },
      });
    expect(tell('FRAUD')).toEqual(tell('FRAUD'));
    expect(tell('FRAUD')).not.toEqual(tell('NOT_RECEIVED'));
  });

  it('keep no id or state that could not be kept or logged', () => {
    const payload = {
      originalMerchantOrderId: 'x'.repeat(90_000),
      refundId: 'OMR1',
      merchantRefundId: 'y'.repeat(257),
      state: 'secret@upi',
    };
    expect(parse({ event: 'pg.refund.failed', payload })).toEqual({
      kind: 'refund',
      gatewayEvent: 'pg.refund.failed',
      gatewayState: 'FAILED',
      gatewayRefundId: 'OMR1',
    });
  });

  it('fit the event they are published as', () => {
    const bodies = [
      readFixture('webhook-pg-refund-completed-card'),
      readFixture('webhook-pg-refund-failed-empty-order-id'),
      Buffer.from('{"event":"payment.dispute.","payload":{"amount":-1,"disputeId":""}}'),
    ];
    for (const body of bodies) {
      const verdict = parseWebhook(body);
      if (verdict.kind !== 'refund' && verdict.kind !== 'dispute') throw new Error(verdict.kind);
      const { gatewayEvent: _event, ...data } = verdict;
      expect(gatewayEventReceived.dataSchema.parse(data)).toEqual(data);
    }
  });
});

describe('what is no callback is malformed', () => {
  it.each([
    '',
    'R999',
    '[]',
    'null',
    '"checkout.order.completed"',
    '{"event":"checkout.order.completed"}',
    '{"event":"checkout.order.completed","payload":null}',
    '{"event":"checkout.order.completed","payload":[]}',
    '{"event":"checkout.order.completed","data":{"merchantOrderId":"MO-1"}}',
    '{"event":"","payload":{}}',
    '{"event":"pg.refund.victim@example.com","payload":{"refundId":"R"}}',
    `{"event":"${'x'.repeat(90_000)}","payload":{}}`,
    '{"event":["checkout.order.completed"],"payload":{}}',
    '['.repeat(100_000),
  ])('%.60s', (body) => {
    expect(parse(body)).toMatchObject({ kind: 'malformed' });
  });

  it('broken UTF-8', () => {
    expect(parseWebhook(Uint8Array.of(0xff, 0xfe, 0x7b))).toMatchObject({ kind: 'malformed' });
  });
});
