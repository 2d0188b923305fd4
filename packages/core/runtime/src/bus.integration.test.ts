import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import {
  sampleCompleted,
  sampleFailed,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPublisher } from './bus.ts';
import { createEventBridgeClient } from './clients/event-bridge.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  cloud.cloud.calls.reset();
});
afterAll(() => cloud.stop());

const publish: ReturnType<typeof createPublisher> = (event) =>
  createPublisher({
    client: createEventBridgeClient(),
    busName: cloud.topology.bus.name,
    random: () => 0,
  })(event);

it('brings an outcome to every subscriber of its kind and to no other', async () => {
  expect(await publish(sampleFailed())).toEqual({ kind: 'published' });
  for (const subscriber of ['notifications', 'reconciliation'] as const) {
    await waitFor(`an event for ${subscriber}`, async () => {
      return (await cloud.receive(subscriber, 'queue')).length > 0;
    });
  }
  expect(await cloud.receive('tiers', 'queue')).toEqual([]);
  expect(await cloud.receive('entitlements', 'queue')).toEqual([]);
});

it('tries a refused entry again: 200 from the bus is not yet published', async () => {
  let refusals = 1;
  cloud.cloud.intercept((call) => {
    if (call.operation !== 'PutEvents' || refusals === 0) return undefined;
    refusals -= 1;
    return { partialFailure: true };
  });
  expect(await publish(sampleCompleted())).toEqual({ kind: 'published' });
  expect(cloud.cloud.calls.count('events', 'PutEvents')).toBe(2);
});

it('says so when the bus goes on refusing', async () => {
  cloud.cloud.intercept((call) =>
    call.operation === 'PutEvents' ? { partialFailure: true } : undefined,
  );
  expect(await publish(sampleCompleted())).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('InternalFailure'),
  });
});

it('says so when the bus cannot be reached', async () => {
  cloud.cloud.intercept((call) =>
    call.operation === 'PutEvents' ? { when: 'before', reset: true } : undefined,
  );
  expect((await publish(sampleCompleted())).kind).toBe('failed');
});

it('brings an outcome to its subscribers whatever an old row or the gateway spells in it', async () => {
  const order = sampleOrder(sampleRow({ userEmail: 'ra\uFFFFvi\uD83D@example.com' }));
  const event = sampleCompleted(order);
  event.detail.data.gatewayState = 'COMPLETED\uFFFE';
  expect(await publish(event)).toEqual({ kind: 'published' });
  const data = await waitFor('the event', async () => {
    const bodies = (await cloud.receive('tiers', 'queue')).map(({ Body = '{}' }) => Body);
    const found = bodies.find((body) => body.includes(order.row.transactionId));
    return found && JSON.parse(found).detail.data;
  });
  expect(data).toMatchObject({
    userEmail: 'ra\uFFFDvi\uFFFD@example.com',
    gatewayState: 'COMPLETED\uFFFD',
  });
});

it('lets no event out that a subscriber could not read', async () => {
  const event = sampleCompleted();
  event.detail.data.amountInPaisa = 299.5;
  await expect(publish(event)).rejects.toThrow();
  expect(cloud.cloud.calls.count('events', 'PutEvents')).toBe(0);
});
