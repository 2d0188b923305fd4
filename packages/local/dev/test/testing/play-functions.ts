import { gateways } from '@cloudnestle/contracts/gateways';
import { refundResponseSchema } from '@cloudnestle/contracts/http/refund';
import { buildRefundRequestedEvent } from '@cloudnestle/payments/refunds/build-refund-events';
import { sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import { adminClaims } from '@cloudnestle/reconciliation/on-demand/testing/subject';
import { deliverUntilDeadLettered } from '@cloudnestle/runtime/testing/faults';
import { buildContext, invokeHttp, invokeSchedule } from '@cloudnestle/runtime/testing/invoke';
import { payAtGateway, refundAtGateway, webhookCredentials } from '@cloudnestle/test-kit/gateway';
import { gatewayEventOf, refundEventOf } from '@cloudnestle/test-kit/gateway-events';
import { sampleCompleted, sampleFailed, sampleRefunded } from '@cloudnestle/test-kit/samples';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import { handlerBuilders } from '../../src/build-handlers.ts';
import { UNREACHABLE, type World } from './metrics-world.ts';

/** What buyers, the gateway and the clock may make of the functions that answer them. */
export async function playHttp(world: World): Promise<void> {
  await openPages(world);
  await receiveWebhooks(world);
  await returnFromPage(world);
  await sweep(world);
}

async function openPages({ environmentOf, addBuyer }: World): Promise<void> {
  for (const url of [undefined, UNREACHABLE]) {
    const body = { ...(await addBuyer()), tier: 'pro' };
    await invokeHttp(handlerBuilders.upgrade(environmentOf('upgrade', url)), { body });
  }
}

async function receiveWebhooks(world: World): Promise<void> {
  const { environmentOf, addOrder, addMismatch } = world;
  const webhook = handlerBuilders.webhook(environmentOf('webhook'));
  const cutOff = handlerBuilders.webhook(environmentOf('webhook', UNREACHABLE));
  const { username, password } = webhookCredentials;
  const headers = { authorization: sha256AuthorizationHeader(username, password) };
  const path = gateways.phonepe.webhookPath;
  const bodyOf = (merchantOrderId: string, event = 'checkout.order.completed') => ({
    event,
    payload: { merchantOrderId, state: 'COMPLETED', amount: 29_900 },
  });
  await invokeHttp(webhook, { path, body: bodyOf('MP-any') });
  await invokeHttp(webhook, { path, headers, body: bodyOf('MP-any', 'settlement.initiated') });
  await invokeHttp(webhook, { path, headers, body: bodyOf('MP-any-1732356000-abc123') });
  const { row: mismatching } = await addMismatch();
  await invokeHttp(webhook, { path, headers, body: bodyOf(mismatching.merchantOrderId) });
  const { row } = await addOrder();
  await invokeHttp(cutOff, { path, headers, body: bodyOf(row.merchantOrderId) });
}

async function returnFromPage({ environmentOf, addMismatch }: World): Promise<void> {
  const { row } = await addMismatch();
  const callback = handlerBuilders.callback(environmentOf('callback'));
  await invokeHttp(callback, { body: { transactionId: row.transactionId } });
}

async function sweep({ environmentOf, addMismatch }: World): Promise<void> {
  await addMismatch();
  const run = handlerBuilders.sweep(environmentOf('sweep'));
  await invokeSchedule(run, buildContext({ timeoutMs: 50_000 }));
}

/** What events, and what fails, may make of the subscribers. */
export async function playQueues(world: World): Promise<void> {
  await failEverywhere(world);
  await grant(world);
  await mail(world);
  await keepBooks(world);
  await invoice(world);
  await refund(world);
}

const now = () => new Date().toISOString();

async function failEverywhere({ cloud, environmentOf, addOrder, deliver }: World): Promise<void> {
  for (const { subscriber } of subscriptions) {
    const order = await addOrder();
    const event =
      subscriber === 'refunds' ? refundEventOf(order, 'R-1') : sampleCompleted(order, now());
    const handler = handlerBuilders[subscriber](environmentOf(subscriber));
    await deliverUntilDeadLettered(cloud, subscriber, handler, event, 'GetItem');
    cloud.cloud.intercept(({ operation }) =>
      operation === 'SendMessage' ? { when: 'before', status: 500, errorType: 'Down' } : undefined,
    );
    await deliver(subscriber, { detailType: 'Nonsense', detail: {} });
    cloud.cloud.intercept(undefined);
  }
}

async function grant({ addOrder, deliver }: World): Promise<void> {
  const { row } = await addOrder();
  // The earlier payment is told last: it is the one that grants, so the record changes once more.
  for (const days of [10, 20]) {
    const order = await addOrder({ userId: row.userId, userEmail: row.userEmail });
    const completedAt = new Date(Date.now() - days * 86_400_000).toISOString();
    for (const subscriber of ['tiers', 'entitlements'] as const) {
      await deliver(subscriber, sampleCompleted(order, completedAt));
    }
  }
}

async function invoice({ cloud, environmentOf, addOrder, deliver }: World): Promise<void> {
  const order = await addOrder({ status: 'COMPLETED', completedAt: now() });
  const { userId, transactionId } = order.row;
  await cloud.put('checkouts', { checkoutKey: `${userId}#pro`, paid: { [transactionId]: now() } });
  await deliver('invoices', sampleCompleted(order, now()));
  const sweepDocuments = handlerBuilders.invoiceSweep(environmentOf('invoiceSweep'));
  await invokeSchedule(sweepDocuments, buildContext({ timeoutMs: 50_000 }));
}

async function mail({ cloud, addOrder, deliver }: World): Promise<void> {
  await deliver('notifications', sampleCompleted(await addOrder(), now()));
  cloud.cloud.intercept(({ service }) =>
    service === 'ses' ? { when: 'after', reset: true } : undefined,
  );
  await deliver('notifications', sampleCompleted(await addOrder(), now()));
  cloud.cloud.intercept(undefined);
}

async function keepBooks({ addOrder, deliver }: World): Promise<void> {
  const order = await addOrder();
  const again = await addOrder({ userId: order.row.userId });
  const { merchantOrderId } = (await addOrder()).row;
  await deliver(
    'reconciliation',
    sampleCompleted(order, now()),
    sampleFailed(await addOrder(), 'DECLINED'),
    sampleFailed(await addOrder(), 'EXPIRED'),
    gatewayEventOf({ kind: 'mismatch', gatewayState: 'COMPLETED', merchantOrderId }),
    gatewayEventOf({ kind: 'dispute', gatewayState: 'OPEN', merchantOrderId, disputeId: 'D1' }),
  );
  await deliver('reconciliation', sampleCompleted(again, now()));
}

async function refund(world: World): Promise<void> {
  const { gateway, addOrder, deliver, environmentOf } = world;
  const order = await addOrder({ status: 'COMPLETED', completedAt: now() });
  await payAtGateway(gateway, order);
  const id = `refund-${order.row.merchantOrderId}`;
  await refundAtGateway(gateway, order, { id, amountInPaisa: 10_000, outcome: 'COMPLETED' });
  await deliver('refunds', refundEventOf(order, id), refundEventOf(order, 'invented'));
  await deliver('refunds', gatewayEventOf({ kind: 'refund', gatewayState: 'X' }));
  await deliver('reconciliation', sampleRefunded(order));
  const failing = await addOrder({ status: 'COMPLETED', completedAt: now() });
  await payAtGateway(gateway, failing);
  const failed = `refund-${failing.row.merchantOrderId}`;
  await refundAtGateway(gateway, failing, { id: failed, amountInPaisa: 100, outcome: 'FAILED' });
  await deliver('refunds', refundEventOf(failing, failed, { gatewayState: 'FAILED' }));
  await requestRefund(world);
  await invokeSchedule(
    handlerBuilders.refundSweep(environmentOf('refundSweep')),
    buildContext({ timeoutMs: 50_000 }),
  );
}

/** Asked for here, and sent by the sweep of a minute later. */
async function requestRefund({ gateway, addOrder, deliver, environmentOf }: World): Promise<void> {
  const order = await addOrder({ status: 'COMPLETED', completedAt: now() });
  await payAtGateway(gateway, order);
  const { transactionId } = order.row;
  const answer = await invokeHttp(handlerBuilders.refund(environmentOf('refund')), {
    path: '/payments/refunds',
    body: { transactionId, reason: 'OTHER', idempotencyKey: 'key-of-the-metrics' },
    claims: { ...adminClaims },
  });
  const { refund: asked } = refundResponseSchema.parse(answer.body);
  const { refundId, reason, origin, createdAt: requestedAt, amountInPaisa = 0 } = asked;
  await deliver(
    'refunds',
    buildRefundRequestedEvent(
      { refundId, transactionId, reason, origin, requestedAt, amountInPaisa },
      { producer: 'test', causationId: 'test' },
    ),
  );
}
