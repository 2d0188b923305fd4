import { instrumentSchema } from '@cloudnestle/contracts/instrument';
import { describe, expect, it } from 'vitest';
import { readOrderStatus } from './order-status.ts';

function instrumentOf(attempt: Record<string, unknown>) {
  const body = { state: 'COMPLETED', amount: 1, paymentDetails: [attempt] };
  const status = readOrderStatus(body, { merchantId: 'M', merchantOrderId: 'O' });
  const instrument = status?.attempts[0]?.instrument;
  if (instrument) expect(instrumentSchema.parse(instrument)).toEqual(instrument);
  return instrument;
}

describe("PhonePe's mode", () => {
  it.each([
    ['UPI', 'UPI'],
    ['UPI_INTENT', 'UPI'],
    ['UPI_COLLECT', 'UPI'],
    ['UPI_QR', 'UPI'],
    ['CARD', 'CARD'],
    ['TOKEN', 'CARD'],
    ['CREDIT_CARD', 'CARD'],
    ['DEBIT_CARD', 'CARD'],
    ['NET_BANKING', 'NET_BANKING'],
    ['PPI_WALLET', 'WALLET'],
    ['WALLET', 'WALLET'],
    ['EGV', 'WALLET'],
    ['PAY_LATER', 'OTHER'],
    ['constructor', 'OTHER'],
  ])('%s is %s and kept as it is', (gatewayMode, mode) => {
    expect(instrumentOf({ paymentMode: gatewayMode })).toMatchObject({ mode, gatewayMode });
  });

  it('says more than the instrument: a credit card on UPI is UPI', () => {
    const attempt = {
      paymentMode: 'UPI_INTENT',
      rail: { type: 'UPI', utr: '1' },
      instrument: { type: 'CREDIT_CARD', brn: '2' },
    };
    expect(instrumentOf(attempt)).toEqual({ mode: 'UPI', gatewayMode: 'UPI_INTENT', utr: '1' });
  });

  it.each([
    [{ rail: { type: 'UPI' } }, { mode: 'UPI' }],
    [{ instrument: { type: 'DEBIT_CARD' } }, { mode: 'CARD', cardType: 'DEBIT' }],
    [
      { paymentMode: 'PPE_INTENT', rail: { type: 'UPI', utr: '1' } },
      { mode: 'UPI', gatewayMode: 'PPE_INTENT', utr: '1' },
    ],
    [
      {
        paymentMode: 'PPE_INTENT',
        splitInstruments: [
          { rail: { type: 'PPI_WALLET' }, instrument: { type: 'WALLET' } },
          { rail: { type: 'PPI_EGV' }, instrument: { type: 'EGV' } },
        ],
      },
      { mode: 'WALLET', gatewayMode: 'PPE_INTENT' },
    ],
    [{ rail: { utr: '1' } }, { mode: 'OTHER', utr: '1' }],
  ])('missing or of no known name is told by rail and instrument: %j', (attempt, expected) => {
    expect(instrumentOf(attempt)).toEqual(expected);
  });

  it('stays unsaid where the attempt says nothing', () => {
    expect(instrumentOf({ state: 'COMPLETED' })).toBeUndefined();
    expect(instrumentOf({ paymentMode: null, rail: {}, instrument: { type: '' } })).toBeUndefined();
  });
});

describe('the references of an attempt', () => {
  it('are looked for at the attempt, then in its parts in order', () => {
    const attempt = {
      paymentMode: 'UPI_QR',
      rail: { utr: '', vpa: 'attempt@ybl' },
      splitInstruments: [
        { rail: { type: 'PPI_WALLET', utr: null } },
        { rail: { type: 'UPI', utr: 'second', upiTransactionId: 'second-id', vpa: 'second@ybl' } },
        { rail: { type: 'UPI', utr: 'third', upiTransactionId: 'third-id' } },
      ],
    };
    expect(instrumentOf(attempt)).toEqual({
      mode: 'UPI',
      gatewayMode: 'UPI_QR',
      utr: 'second',
      upiTransactionId: 'second-id',
      vpa: 'attempt@ybl',
    });
  });

  it('of a card never include its number', () => {
    const attempt = {
      paymentMode: 'CARD',
      instrument: { type: 'DEBIT_CARD', maskedCardNumber: '******1234', arn: 'A', cardNumber: '4' },
    };
    expect(instrumentOf(attempt)).toEqual({
      mode: 'CARD',
      gatewayMode: 'CARD',
      cardType: 'DEBIT',
      arn: 'A',
    });
  });
});
