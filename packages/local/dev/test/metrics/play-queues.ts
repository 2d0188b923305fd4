import {
  payAtGateway,
  refundAtGateway,
} from '@cloudnestle/reconciliation/subscriber/testing/gateway';
import {
  gatewayEventOf,
  refundEventOf,
} from '@cloudnestle/reconciliation/subscriber/testing/gateway-event';
import { deliverUntilDeadLettered } from '@cloudnestle/test-kit/faults';
import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import { handlerBuilders } from '../../src/handlers.ts';
import type { World } from './world.ts';

/** What events, and what fails, may make of the subscribers. */
export async function playQueues(world: World): Promise<void> {
  await failEverywhere(world);
  await grant(world);
  await mail(world);
  await keepBooks(world);
  await refund(world);
}

const now = () => new Date().toISOString();

async function failEverywhere({ cloud, environmentOf, addOrder, deliver }: World): Promise<void> {
  for (const { subscriber } of subscriptions) {
    const event = sampleCompleted(await addOrder(), now());
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

async function refund({ gateway, addOrder, deliver }: World): Promise<void> {
  const order = await addOrder();
  await payAtGateway(gateway, order);
  const id = `refund-${order.row.merchantOrderId}`;
  await refundAtGateway(gateway, order, { id, amountInPaisa: 29_900, outcome: 'COMPLETED' });
  await deliver('reconciliation', refundEventOf(order, id), refundEventOf(order, 'invented'));
}
