import { afterEach, describe, expect, it } from 'vitest';
import { parseFixture } from './testing/fixtures.ts';
import { createTestGateway, servePhonePe } from './testing/phonepe-server.ts';
import { type Reply, reset } from './testing/serve.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function ask(reply: Reply, id = 'R-1') {
  const phonePe = await servePhonePe(() => reply);
  closers.push(phonePe.close);
  const { gateway } = createTestGateway(phonePe.url);
  const answer = await gateway.refundStatus(id, { timeoutMs: 60_000 });
  return { answer, calls: phonePe.apiCalls() };
}

describe('a refund', () => {
  it("is told with its amount and ids (PhonePe's sample)", async () => {
    const { answer, calls } = await ask({ body: parseFixture('refund-status-completed-upi') });
    expect(answer).toEqual({
      kind: 'found',
      state: 'COMPLETED',
      gatewayState: 'COMPLETED',
      amountInPaisa: 100,
      gatewayRefundId: 'OMR2602171448036393404822W',
      merchantOrderId: 'MORD_00000000000000000001',
      at: '2026-02-17T09:18:03.641Z',
    });
    expect(calls[0]).toMatchObject({ method: 'GET', path: '/pg/payments/v2/refund/R-1/status' });
  });

  it('keeps every digit of an id that is sent as a number', async () => {
    const { answer } = await ask({
      body: '{"state":"COMPLETED","amount":29900,"refundId":74839201746538291047382}',
    });
    expect(answer).toMatchObject({ gatewayRefundId: '74839201746538291047382' });
  });

  it.each([
    ['PENDING', 'PENDING'],
    ['FAILED', 'FAILED'],
    ['CONFIRMED', 'CONFIRMED'],
    ['SOMETHING_NEW', 'OTHER'],
  ])('%s is %s', async (word, state) => {
    const { answer } = await ask({
      body: { state: word, amount: '100', originalMerchantOrderId: '' },
    });
    expect(answer).toEqual({ kind: 'found', state, gatewayState: word, amountInPaisa: 100 });
  });

  const AT = 1_706_629_419_799;
  const attempt = { paymentMode: 'UPI', amount: 29_900, timestamp: AT };
  const bodies: [string, Record<string, unknown> & { state: string }, object][] = [
    [
      'of the official clients: id, time and codes at the attempt',
      {
        merchantId: 'M1',
        merchantRefundId: 'R-1',
        originalMerchantOrderId: 'MO-1',
        amount: 29_900,
        state: 'FAILED',
        responseCode: 'X',
        paymentDetails: [
          {
            ...attempt,
            transactionId: 'OMR1',
            state: 'FAILED',
            errorCode: 'REFUND_BREACHED',
            detailedErrorCode: 'BF_034',
          },
        ],
      },
      {
        merchantOrderId: 'MO-1',
        gatewayRefundId: 'OMR1',
        at: '2024-01-30T15:43:39.799Z',
        errorCode: 'REFUND_BREACHED',
        detailedErrorCode: 'BF_034',
        obstacle: 'LOW_BALANCE',
      },
    ],
    [
      'CONFIRMED inside and out',
      {
        amount: 29_900,
        state: 'CONFIRMED',
        paymentDetails: [{ ...attempt, transactionId: 'OMR1', state: 'CONFIRMED' }],
      },
      { gatewayRefundId: 'OMR1', at: '2024-01-30T15:43:39.799Z' },
    ],
    [
      'FAILED over a COMPLETED attempt: the root decides, and the time of the other is none of it',
      {
        amount: 1234,
        state: 'FAILED',
        refundId: 'OMRroot',
        errorCode: 'AUTHORIZATION_ERROR',
        detailedErrorCode: 'ZM',
        originalMerchantOrderId: '',
        paymentDetails: [{ ...attempt, transactionId: 'OMR1', state: 'COMPLETED' }],
      },
      {
        gatewayRefundId: 'OMRroot',
        errorCode: 'AUTHORIZATION_ERROR',
        detailedErrorCode: 'ZM',
      },
    ],
    [
      'COMPLETED with empty codes, as text and in seconds',
      {
        amount: '29900',
        state: 'COMPLETED',
        timestamp: '1706629419',
        errorCode: '',
        detailedErrorCode: '',
      },
      { at: '2024-01-30T15:43:39.000Z' },
    ],
    [
      'COMPLETED with the codes of a try before: they are none of it',
      { amount: 29_900, state: 'COMPLETED', errorCode: 'REFUND_BREACHED' },
      {},
    ],
    [
      'two attempts: the one that the state speaks of, whatever their order',
      {
        amount: 29_900,
        state: 'COMPLETED',
        paymentDetails: [
          { ...attempt, transactionId: 'OMR2', state: 'COMPLETED', timestamp: AT + 1 },
          { ...attempt, transactionId: 'OMR1', state: 'FAILED', timestamp: AT + 2 },
        ],
      },
      { gatewayRefundId: 'OMR2', at: '2024-01-30T15:43:39.800Z' },
    ],
    [
      'with a rail without utr, null currencies, fees and a link',
      {
        amount: 29_900,
        state: 'COMPLETED',
        currency: null,
        feesReversalAmount: 0,
        refundableAmount: 29_900,
        phonepeTPAPTxnDetailsLink: 'https://phon.pe/x',
        splitInstruments: [{ rail: { type: 'UPI' }, currency: null, amount: 29_900 }],
        paymentDetails: null,
        timestamp: null,
      },
      {},
    ],
  ];
  it.each(bodies)('%s', async (_title, body, expected) => {
    const { answer } = await ask({ body });
    const { state, amount } = body;
    const told = { state, gatewayState: state, amountInPaisa: Number(amount) };
    expect(answer).toEqual({ kind: 'found', ...told, ...expected });
  });

  it('that names another refund than the one asked about says nothing', async () => {
    const { answer } = await ask({
      body: { amount: 29_900, state: 'COMPLETED', merchantRefundId: 'R-2' },
    });
    expect(answer).toEqual({ kind: 'unreachable', reason: 'unreadable answer', isAnswered: true });
  });

  it('keeps the id in its place', async () => {
    const { calls } = await ask({}, '../a');
    expect(calls[0]?.path).toBe('/pg/payments/v2/refund/..%2Fa/status');
    expect(await ask({}, '..')).toEqual({ answer: { kind: 'notFound' }, calls: [] });
  });

  it.each([
    [404, { code: 'REFUND_NOT_FOUND' }, { kind: 'notFound' }],
    [400, { code: 'INVALID_MERCHANT_REFUND_ID' }, { kind: 'notFound' }],
    [400, { code: 'BAD_REQUEST' }, { kind: 'refused', code: 'BAD_REQUEST', httpStatus: 400 }],
    [404, 'not here', { kind: 'refused', code: 'not here', httpStatus: 404 }],
    [503, {}, { kind: 'unreachable', reason: '503 HTTP_503' }],
    [
      200,
      { state: 'COMPLETED' },
      { kind: 'unreachable', reason: 'unreadable answer', isAnswered: true },
    ],
  ])('%d %j', async (status, body, expected) => {
    expect((await ask({ status, body })).answer).toEqual(expected);
  });

  it('is unreachable where the connection is cut', async () => {
    expect((await ask(reset)).answer).toEqual({ kind: 'unreachable', reason: 'ECONNRESET' });
  });
});
