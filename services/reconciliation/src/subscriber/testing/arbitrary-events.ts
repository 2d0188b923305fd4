import type { Instrument } from '@cloudnestle/contracts/instrument';
import {
  type AnsweredStatus,
  buildCompletedEvent,
  buildFailedEvent,
  buildGatewayEvent,
} from '@cloudnestle/payments/build-events';
import type { Order } from '@cloudnestle/payments/order';
import fc from 'fast-check';
import { anyTime, anyTrigger } from './arbitrary-metadata.ts';
import { type RefundName, refundNames, refundsOf } from './arbitrary-refunds.ts';

/** Anything the bus may carry about one of `orders`, as whatever publisher saw it. */
export function eventsAbout(orders: readonly Order[]) {
  const anyOrder = fc.constantFrom(...orders);
  return fc.oneof(
    paymentsOf(anyOrder),
    fc
      .tuple(anyOrder, anyStatus, anyReason, anyTrigger, fc.boolean())
      .map(([order, status, reason, trigger, attempted]) => {
        const event = buildFailedEvent(order, status, reason, 'phonepe', trigger);
        const { metadata, data } = event.detail;
        return { detailType: event.detailType, metadata, data: { ...data, attempted } };
      }),
    fc
      .tuple(
        anyOrder,
        anyKind,
        fc.constantFrom('COMPLETED', 'PENDING'),
        fc.constantFrom('CREATED', 'WON', 'LOST'),
        anyTime,
        anyTrigger,
      )
      .map(([order, kind, gatewayState, word, at, trigger]) => {
        const { merchantOrderId } = order.row;
        const data = {
          kind,
          gatewayState: kind === 'dispute' ? `DISPUTE_${word}` : gatewayState,
          merchantOrderId,
          amountInPaisa: 100,
          ...(kind === 'dispute' ? { disputeId: 'D-1' } : {}),
        };
        const { detailType, detail } = buildGatewayEvent(data, new Date(at), trigger);
        return { detailType, ...detail };
      }),
    refundsOf(anyOrder, refundNames),
  );
}

/** Payments by one attempt or by two, with failures and misfits between them. */
export function paymentsByTwoAttemptsOf(orders: readonly Order[]) {
  const anyOrder = fc.constantFrom(...orders);
  const byTwo = fc
    .tuple(anyOrder, anyStatus, anyTime, anyTrigger)
    .map(([order, status, at, by]) => {
      const second = { state: 'COMPLETED', at, gatewayTransactionId: 'OM9' } as const;
      const twice = { ...status, attempts: [...status.attempts, second] };
      const { detailType, detail } = buildCompletedEvent(order, twice, 'phonepe', by);
      return { detailType, ...detail };
    });
  return fc.oneof(byTwo, paymentsOf(anyOrder));
}

/** Payments of `orders` and refunds that the gateway confirms, whole or in parts: where all meets all. */
export function moneyOf(orders: readonly Order[], ...which: RefundName[]) {
  const anyOrder = fc.constantFrom(...orders);
  return fc.oneof(paymentsOf(anyOrder), refundsOf(anyOrder, which));
}

function paymentsOf(anyOrder: fc.Arbitrary<Order>) {
  return fc.tuple(anyOrder, anyStatus, anyTrigger).map(([order, status, trigger]) => {
    const { detailType, detail } = buildCompletedEvent(order, status, 'phonepe', trigger);
    return { detailType, ...detail };
  });
}

const anyKind = fc.constantFrom('refund', 'dispute', 'mismatch');
const anyReason = fc.constantFrom('DECLINED', 'CANCELLED', 'EXPIRED', 'UNKNOWN_AT_GATEWAY');
const anyInstrument = fc.constantFrom<Instrument[]>(
  { mode: 'UPI', utr: '111111111111', upiTransactionId: 'UPI1' },
  { mode: 'UPI', utr: '222222222222', vpa: 'user@paytm' },
  { mode: 'OTHER', utr: '333333333333' },
  { mode: 'CARD' },
);

/** An answer with one attempt or none, in which anything optional may be missing. */
const anyStatus: fc.Arbitrary<AnsweredStatus> = fc
  .record(
    {
      at: anyTime,
      gatewayTransactionId: fc.constantFrom('OM1', 'OM2'),
      instrument: anyInstrument,
      gatewayOrderId: fc.constantFrom('OMO1', 'OMO2'),
      gatewayState: fc.constantFrom('COMPLETED', 'PAID', 'FAILED'),
      answeredAt: anyTime,
      hasAttempt: fc.boolean(),
    },
    { requiredKeys: ['gatewayState', 'hasAttempt'] },
  )
  .map(({ gatewayOrderId, gatewayState, answeredAt, hasAttempt, ...attempt }) => ({
    state: 'COMPLETED',
    gatewayState,
    amountInPaisa: 29_900,
    isOurs: true,
    ...(gatewayOrderId ? { gatewayOrderId } : {}),
    ...(answeredAt ? { answeredAt } : {}),
    attempts: hasAttempt ? [{ state: 'COMPLETED', ...attempt }] : [],
  }));
