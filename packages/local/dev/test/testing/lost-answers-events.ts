import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import { refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { buildRefundRequestedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { adminClaims } from '@cloudnestle/reconciliation/on-demand/testing/subject';
import {
  buildRecord,
  invokeHttp,
  invokeQueue,
  type TestRequest,
} from '@cloudnestle/runtime/testing/invoke';
import type { RunningSandbox } from '@cloudnestle/test-kit/gateway';
import { payAtGateway, refundAtGateway } from '@cloudnestle/test-kit/gateway';
import { gatewayEventOf, refundEventOf } from '@cloudnestle/test-kit/gateway-events';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleRefunded,
} from '@cloudnestle/test-kit/samples';
import { handlerBuilders } from '../../src/build-handlers.ts';
import type { Buyer } from './lost-answers-world.ts';

/** What a subscriber is handed, or a caller asks. */
export type Event = { detailType: string; detail: unknown };
export type MakeEvent = (buyer: Buyer, gateway: RunningSandbox) => Promise<Event>;

export const PAID_AT = '2025-11-23T09:10:00.000Z';
export const COMPLETED = { status: 'COMPLETED', completedAt: PAID_AT } as const;

export async function wishes(buyer: Buyer, gateway: RunningSandbox): Promise<TestRequest> {
  const order = await buyer.order({ status: 'COMPLETED', completedAt: PAID_AT });
  await payAtGateway(gateway, order);
  const { transactionId } = order.row;
  return {
    path: '/payments/refunds',
    body: { transactionId, reason: 'BUYER_REQUEST', idempotencyKey: 'key-of-the-scene' },
    claims: { ...adminClaims },
  };
}

export async function requested(buyer: Buyer, gateway: RunningSandbox): Promise<Event> {
  const request = await wishes(buyer, gateway);
  const answer = await invokeHttp(
    handlerBuilders.refund(buyer.environment('refund'), buyer.platform),
    request,
  );
  const { refundId, transactionId, amountInPaisa, reason, origin, createdAt } =
    refundResponseSchema.parse(answer.body).refund;
  return buildRefundRequestedEvent(
    {
      ...{ refundId, transactionId, reason, origin },
      amountInPaisa: amountInPaisa ?? 0,
      requestedAt: createdAt,
    },
    { producer: 'test', causationId: 'test' },
  );
}

export async function opened(buyer: Buyer): Promise<Event> {
  return sampleInitiated(await buyer.order());
}

export async function paid(buyer: Buyer): Promise<Event> {
  return sampleCompleted(await buyer.order(), PAID_AT);
}

/** Paid, and reconciliation is through with it. */
export async function paidInBooks(buyer: Buyer): Promise<Event> {
  const order = await buyer.order(COMPLETED);
  await buyer.notePayment(order);
  return sampleCompleted(order, PAID_AT);
}

export async function refundInBooks(buyer: Buyer): Promise<Event> {
  const order = await buyer.order({ ...COMPLETED, refunds: { 'MR-1': 10_000 } });
  await buyer.notePayment(order);
  return sampleRefunded(order, { amountInPaisa: 10_000 });
}

export async function duplicateInBooks(buyer: Buyer): Promise<Event> {
  const order = await buyer.order({ ...COMPLETED, duplicateOf: 'txn_MP-first' });
  return sampleCompleted(order, PAID_AT);
}

export async function paidWithRecord(buyer: Buyer): Promise<Event> {
  await buyer.record({ tier: 'registered', access_tier: 'registered', dailyUsage: 7 });
  return paid(buyer);
}

export async function paidAgain(buyer: Buyer): Promise<Event> {
  const first = await buyer.order();
  const books = handlerBuilders.reconciliation(buyer.environment('reconciliation'));
  await invokeQueue(books, [buildRecord(sampleCompleted(first, '2025-11-23T09:05:00.000Z'))]);
  return paid(buyer);
}

export async function paidByTwoAttempts(buyer: Buyer): Promise<Event> {
  const { detailType, detail } = sampleCompleted(await buyer.order(), PAID_AT);
  return { detailType, detail: { ...detail, data: { ...detail.data, completedAttempts: 2 } } };
}

export async function failed(buyer: Buyer): Promise<Event> {
  return sampleFailed(await buyer.order(), 'DECLINED', PAID_AT);
}

export async function abandoned(buyer: Buyer): Promise<Event> {
  return sampleFailed(await buyer.order(), 'EXPIRED', PAID_AT);
}

export function gatewaySays(data: Pick<GatewayEventReceivedData, 'kind' | 'disputeId'>): MakeEvent {
  return async (buyer) => {
    const { merchantOrderId } = (await buyer.order()).row;
    return gatewayEventOf({ ...data, gatewayState: 'COMPLETED', merchantOrderId }, PAID_AT);
  };
}

export function refunded(amountInPaisa: number): MakeEvent {
  return async (buyer) => {
    const order = await buyer.order();
    const books = handlerBuilders.reconciliation(buyer.environment('reconciliation'));
    await invokeQueue(books, [buildRecord(sampleCompleted(order, PAID_AT))]);
    const refundId = `R-${order.row.merchantOrderId}`;
    return sampleRefunded(order, { refundId, amountInPaisa, origin: 'GATEWAY' });
  };
}

/** Made in the gateway's dashboard, and told by its webhook. */
export function refundedElsewhere(amountInPaisa: number): MakeEvent {
  return async (buyer, gateway) => {
    const order = await buyer.order({ status: 'COMPLETED', completedAt: PAID_AT });
    await payAtGateway(gateway, order);
    const id = `R-${order.row.merchantOrderId}`;
    await refundAtGateway(gateway, order, { id, amountInPaisa, outcome: 'COMPLETED' });
    return refundEventOf(order, id);
  };
}

export async function click({ userId, email }: Buyer): Promise<TestRequest> {
  return { body: { userId, userEmail: email, tier: 'pro' } };
}

/** The earlier click's function died before it had a page. */
export async function clickAfterDeath(buyer: Buyer, gateway: RunningSandbox): Promise<TestRequest> {
  const handler = handlerBuilders.upgrade(buyer.environment('upgrade'), buyer.platform);
  gateway.sandbox.faults.set([{ operation: 'pay', kind: 'reset', count: 1 }]);
  await invokeHttp(handler, await click(buyer));
  gateway.sandbox.faults.clear();
  return click(buyer);
}

export async function clickRefused(buyer: Buyer, gateway: RunningSandbox): Promise<TestRequest> {
  gateway.sandbox.faults.set([{ operation: 'pay', kind: 'status', status: 400, count: null }]);
  return click(buyer);
}

export async function comesBack(buyer: Buyer, gateway: RunningSandbox): Promise<TestRequest> {
  const { row } = await buyer.order({}, { gateway: true });
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  return { body: { transactionId: row.transactionId } };
}

export async function asksAdmin(buyer: Buyer, gateway: RunningSandbox): Promise<TestRequest> {
  const attention = { NO_OUTCOME: { since: '2025-11-23T09:00:00.000Z' } };
  const { row } = await buyer.order({ attention }, { gateway: true });
  gateway.sandbox.finish(row.merchantOrderId, { outcome: 'COMPLETED', webhook: 'lose' });
  return { body: { transactionId: row.transactionId }, claims: adminClaims };
}

export async function searches(buyer: Buyer): Promise<TestRequest> {
  const token = `tok_perm_${buyer.userId.replace('lost-answer-', '').padStart(32, '0')}`;
  await buyer.record({ token, tier: 'registered', access_tier: 'registered', dailyUsage: 0 });
  return { body: { token, solution_id: 'aws-solution-finder' } };
}
