import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;
/** Which orders' ends were counted, and how. */
let endings: () => unknown[][];

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  subject = createSubject(cloud);
  const count = vi.spyOn(subject.platform.metrics, 'count');
  endings = () => count.mock.calls.filter(([name]) => /^Order(Failed|Abandoned)$/.test(name));
});
afterAll(() => cloud.stop());

/** Every way in which the bus and the queue may bring an event: again, and several at the same time. */
async function deliverOften(...events: Parameters<Subject['deliver']>) {
  await Promise.all([subject.deliver(...events, ...events), subject.deliver(...events)]);
  await subject.deliver(...events);
}

it('counts a payment once, however often it is told', async () => {
  await deliverOften(sampleCompleted(await subject.addOrder()));
  expect(endings()).toEqual([['OrderFailed', 0]]);
});

it('counts a failed payment once, however often and by whatever reason it is told', async () => {
  const order = await subject.addOrder();
  await deliverOften(sampleFailed(order));
  await deliverOften(sampleFailed(order, 'EXPIRED'));
  expect(endings()).toEqual([['OrderFailed', 1]]);
});

it.each(['EXPIRED', 'CANCELLED', 'UNKNOWN_AT_GATEWAY'] as const)(
  'counts no payment where the buyer only went away: %s',
  async (reason) => {
    await deliverOften(sampleFailed(await subject.addOrder(), reason));
    expect(endings()).toEqual([['OrderAbandoned']]);
  },
);

it('counts both where money follows a failure', async () => {
  const order = await subject.addOrder();
  await deliverOften(sampleFailed(order));
  await deliverOften(sampleCompleted(order), sampleFailed(order));
  expect(endings()).toEqual([
    ['OrderFailed', 1],
    ['OrderFailed', 0],
  ]);
});

it('counts a late attempt’s failure that follows an abandoned checkout', async () => {
  const order = await subject.addOrder();
  await subject.deliver(sampleFailed(order, 'EXPIRED'));
  await deliverOften(sampleFailed(order, 'DECLINED'));
  expect(endings()).toEqual([['OrderAbandoned'], ['OrderFailed', 1]]);
});
