import { gatewayEventReceived } from '@cloudnestle/contracts/events/gateway-event-received';
import { instrumentSchema } from '@cloudnestle/contracts/instrument';
import { timestampSchema } from '@cloudnestle/contracts/time';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrderStatus } from './order-status.ts';
import { readRefundStatus } from './refund-status.ts';
import { parseFixture } from './testing/fixtures.ts';
import { createTestGateway, servePhonePe } from './testing/phonepe-server.ts';
import { sha256AuthorizationHeader } from './webhook-signature.ts';

const authorization = sha256AuthorizationHeader('local_webhook', 'localWebhook1');
const offline = createTestGateway('http://127.0.0.1:9').gateway;

/** Values PhonePe uses, misuses, and any other. */
const value = fc.oneof(
  fc.constantFrom(
    'COMPLETED',
    'FAILED',
    'PENDING',
    'UPI',
    'CARD',
    'PG_CHECKOUT',
    '29900',
    '',
    null,
  ),
  fc.constantFrom(1753338026421, 1753338026, '1753338026421', '2025-10-14T09:26:53.589Z', -1, 0.5),
  fc.jsonValue({ maxDepth: 2 }),
);
const record = (keys: string[], values: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...keys), values, { maxKeys: keys.length });
const part = record(
  ['rail', 'instrument', 'amount'],
  fc.oneof(record(['type', 'utr', 'vpa', 'brn', 'bankId', 'upiTransactionId'], value), value),
);
const attempt = fc
  .tuple(part, record(['state', 'timestamp', 'paymentMode', 'transactionId', 'errorCode'], value))
  .chain(([own, rest]) =>
    fc.oneof(fc.array(part, { maxLength: 3 }), value).map((splitInstruments) => ({
      ...own,
      ...rest,
      splitInstruments,
    })),
  );
const order = fc
  .tuple(
    record(['state', 'orderId', 'merchantId', 'merchantOrderId', 'errorCode'], value),
    record(['amount', 'detailedErrorCode', 'errorContext', 'paymentFlow', 'refundId'], value),
    fc.oneof(fc.array(fc.oneof(attempt, value), { maxLength: 4 }), value),
  )
  .map(([ids, rest, paymentDetails]) => ({ ...ids, ...rest, paymentDetails }));
const event = fc.oneof(
  fc.constantFrom('checkout.order.completed', 'checkout.order.failed', 'pg.refund.failed'),
  fc.constantFrom('payment.dispute.created', 'checkout.transaction.attempt.failed', '.', ''),
  value,
);

describe('whatever comes over the wire', () => {
  it('a webhook is answered with a verdict, in any headers and bytes', async () => {
    const headers = fc.dictionary(
      fc.constantFrom('authorization', 'x-phonepe-checksum-key-id', 'x-phonepe-checksum-signature'),
      fc.oneof(fc.constantFrom(authorization, 'key-1'), fc.string()),
    );
    await fc.assert(
      fc.asyncProperty(headers, fc.uint8Array({ maxLength: 200 }), async (headers, body) => {
        const { kind } = await offline.readWebhook({ headers, body });
        const isSigned = headers.authorization === authorization;
        expect(kind !== 'unauthenticated').toBe(isSigned);
      }),
    );
  });

  it('an authentic webhook of any JSON fits what is made of it', async () => {
    const webhook = fc.oneof(fc.record({ event, payload: fc.oneof(order, value) }), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(webhook, async (json) => {
        const body = Buffer.from(JSON.stringify(json) ?? '');
        const verdict = await offline.readWebhook({ headers: { authorization }, body });
        if (verdict.kind !== 'refund' && verdict.kind !== 'dispute') return;
        const { gatewayEvent: _event, ...data } = verdict;
        expect(gatewayEventReceived.dataSchema.parse(data)).toEqual(data);
      }),
      { numRuns: 500 },
    );
  });

  it('an order of any shape is read within the contracts, or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(order, fc.jsonValue()), (json) => {
        const status = readOrderStatus(json, { merchantId: 'M', merchantOrderId: 'O' });
        if (!status) return;
        expect(Number.isSafeInteger(status.amountInPaisa)).toBe(true);
        for (const { at, instrument } of status.attempts) {
          if (at !== undefined) timestampSchema.parse(at);
          if (instrument) expect(instrumentSchema.parse(instrument)).toEqual(instrument);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a refund of any shape', () => {
  it('is read within the contracts, or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(order, fc.jsonValue()), (json) => {
        const status = readRefundStatus(json, 'R-1');
        if (!status) return;
        expect(Number.isSafeInteger(status.amountInPaisa)).toBe(true);
        if (status.at !== undefined) timestampSchema.parse(status.at);
        if (status.errorCode !== undefined) expect(status.state).toBe('FAILED');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a sample with any one value replaced', () => {
  const samples = [
    'order-status-completed-card',
    'order-status-completed-split-upi-wallet',
    'order-status-failed-error-context',
    'refund-status-completed-upi',
  ].map(parseFixture);

  it('is read or refused, never thrown at', () => {
    const mutation = fc.record({
      sample: fc.constantFrom(...samples),
      at: fc.nat(),
      value,
    });
    fc.assert(
      fc.property(mutation, ({ sample, at, value }) => {
        const text = JSON.stringify(sample);
        const spots = [...text.matchAll(/(?<=":)("[^"]*"|\d+)/g)];
        const spot = spots[at % spots.length];
        if (!spot) throw new Error('nothing to replace');
        const end = spot.index + spot[0].length;
        const mutated = text.slice(0, spot.index) + JSON.stringify(value) + text.slice(end);
        readOrderStatus(JSON.parse(mutated), { merchantId: 'M', merchantOrderId: 'O' });
        readRefundStatus(JSON.parse(mutated), 'R-1');
      }),
      { numRuns: 500 },
    );
  });
});

describe('over the network', () => {
  let reply: { status: number; body: string } = { status: 200, body: '' };
  let phonePe: Awaited<ReturnType<typeof servePhonePe>>;
  beforeAll(async () => {
    phonePe = await servePhonePe(() => reply);
  });
  afterAll(() => phonePe.close());

  it('an order, a payment page, a refund and a wish for one get an answer for any id, status and body', async () => {
    const { gateway } = createTestGateway(phonePe.url);
    const status = fc.constantFrom(200, 204, 302, 400, 403, 404, 409, 417);
    const body = fc.oneof(
      order.map((json) => JSON.stringify(json)),
      fc.string(),
    );
    const id = fc.string({ unit: 'binary', maxLength: 70 });
    const options = { timeoutMs: 5_000 };
    await fc.assert(
      fc.asyncProperty(id, status, body, async (merchantOrderId, status, body) => {
        reply = { status, body };
        await gateway.orderStatus(merchantOrderId, options);
        await gateway.refundStatus(merchantOrderId, options);
        const created = await gateway.createOrder(
          { merchantOrderId, amountInPaisa: 1, expiresInSeconds: 300, returnUrl: body },
          options,
        );
        const paidBack = await gateway.refund(
          { merchantRefundId: 'R-1', merchantOrderId: merchantOrderId || 'MO', amountInPaisa: 100 },
          options,
        );
        if (status < 400) return;
        expect([created.kind, paidBack.kind]).toEqual(['refused', 'refused']);
      }),
      { numRuns: 60 },
    );
  });
});
