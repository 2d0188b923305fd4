import type { Instrument } from '@cloudnestle/contracts/instrument';
import {
  buildCompletedEvent,
  buildFailedEvent,
  buildGatewayEvent,
} from '@cloudnestle/payments/build-events';
import type { OrderStatus } from '@cloudnestle/payments/gateway';
import type { Order } from '@cloudnestle/payments/order';
import fc from 'fast-check';

/** Anything the bus may carry about one of `orders`, as whatever publisher saw it. */
export function eventsAbout(orders: readonly Order[]) {
  const anyOrder = fc.constantFrom(...orders);
  return fc.oneof(
    fc.tuple(anyOrder, anyStatus, anyTrigger).map(([order, status, trigger]) => {
      const { detailType, detail } = buildCompletedEvent(order, status, 'phonepe', trigger);
      return { detailType, ...detail };
    }),
    fc
      .tuple(anyOrder, anyStatus, anyReason, anyTrigger, fc.boolean())
      .map(([order, status, reason, trigger, attempted]) => {
        const event = buildFailedEvent(order, status, reason, 'phonepe', trigger);
        const { metadata, data } = event.detail;
        return { detailType: event.detailType, metadata, data: { ...data, attempted } };
      }),
    fc
      .tuple(anyOrder, anyKind, fc.constantFrom('COMPLETED', 'PENDING'), anyTime, anyTrigger)
      .map(([order, kind, gatewayState, at, trigger]) => {
        const { merchantOrderId } = order.row;
        const data = { kind, gatewayState, merchantOrderId, amountInPaisa: 100 };
        const { detailType, detail } = buildGatewayEvent(data, new Date(at), trigger);
        return { detailType, ...detail };
      }),
  );
}

const anyTime = fc
  .integer({ min: 0, max: 5 })
  .map((minutes) => new Date(Date.UTC(2025, 10, 23, 10, minutes)).toISOString());
const anyKind = fc.constantFrom('refund', 'dispute', 'mismatch');
const anyReason = fc.constantFrom('DECLINED', 'CANCELLED', 'EXPIRED', 'UNKNOWN_AT_GATEWAY');
const anyTrigger = fc
  .constantFrom('checkout.order.completed', 'pg.order.completed', 'sweep', 'browser.return')
  .map((gatewayEvent) => ({ producer: 'test', causationId: 'test', gatewayEvent }));
const anyInstrument = fc.constantFrom<Instrument[]>(
  { mode: 'UPI', utr: '111111111111', upiTransactionId: 'UPI1' },
  { mode: 'UPI', utr: '222222222222', vpa: 'user@paytm' },
  { mode: 'OTHER', utr: '333333333333' },
  { mode: 'CARD' },
);

/** An answer with one attempt or none, in which anything optional may be missing. */
const anyStatus: fc.Arbitrary<OrderStatus> = fc
  .record(
    {
      at: anyTime,
      gatewayTransactionId: fc.constantFrom('OM1', 'OM2'),
      instrument: anyInstrument,
      gatewayOrderId: fc.constantFrom('OMO1', 'OMO2'),
      gatewayState: fc.constantFrom('COMPLETED', 'PAID', 'FAILED'),
      hasAttempt: fc.boolean(),
    },
    { requiredKeys: ['gatewayState', 'hasAttempt'] },
  )
  .map(({ gatewayOrderId, gatewayState, hasAttempt, ...attempt }) => ({
    state: 'COMPLETED',
    gatewayState,
    amountInPaisa: 29_900,
    isOurs: true,
    ...(gatewayOrderId ? { gatewayOrderId } : {}),
    attempts: hasAttempt ? [{ state: 'COMPLETED', ...attempt }] : [],
  }));
