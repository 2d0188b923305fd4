import { sampleCompleted, sampleFailed } from '@cloudnestle/test-kit/samples';
import { expect, vi } from 'vitest';
import { it, type Subject } from './testing/subject.ts';

/** Which orders' ends were counted, and how. */
let endings: () => unknown[][];

it.beforeEach(({ subject }) => {
  const count = vi.spyOn(subject.platform.metrics, 'count');
  endings = () => count.mock.calls.filter(([name]) => /^Order(Failed|Abandoned)$/.test(name));
});

type Event = ReturnType<typeof sampleCompleted> | ReturnType<typeof sampleFailed>;

/** The same fact, told by another publisher: webhook, browser's return and sweep all find it. */
function toldBy(causationId: string, event: Event) {
  const { metadata, data } = event.detail;
  return { detailType: event.detailType, detail: { metadata: { ...metadata, causationId }, data } };
}

/** Every way in which the bus and the queue may bring a fact: by several at the same time, and again. */
async function deliverOften(subject: Subject, ...events: Event[]) {
  const by = (publisher: string) => events.map((event) => toldBy(publisher, event));
  const copies = ['webhook', 'browser', 'sweep'].map(by);
  await Promise.all(copies.map((each) => subject.deliver(...each)));
  for (const each of copies) await subject.deliver(...each);
}

it('counts a payment once, however often it is told', async ({ subject }) => {
  await deliverOften(subject, sampleCompleted(await subject.addOrder()));
  expect(endings()).toEqual([['OrderFailed', 0]]);
});

it('counts a failed payment once, however often and by whatever reason it is told', async ({
  subject,
}) => {
  const order = await subject.addOrder();
  await deliverOften(subject, sampleFailed(order));
  await deliverOften(subject, sampleFailed(order, 'EXPIRED'));
  expect(endings()).toEqual([['OrderFailed', 1]]);
});

it.for(['EXPIRED', 'CANCELLED', 'UNKNOWN_AT_GATEWAY'] as const)(
  'counts no payment where the buyer only went away: %s',
  async (reason, { subject }) => {
    await deliverOften(subject, sampleFailed(await subject.addOrder(), reason));
    expect(endings()).toEqual([['OrderAbandoned']]);
  },
);

it('counts both where money follows a failure', async ({ subject }) => {
  const order = await subject.addOrder();
  await deliverOften(subject, sampleFailed(order));
  await deliverOften(subject, sampleCompleted(order), sampleFailed(order));
  expect(endings()).toEqual([
    ['OrderFailed', 1],
    ['OrderFailed', 0],
  ]);
});

it('counts a late attempt’s failure that follows an abandoned checkout', async ({ subject }) => {
  const order = await subject.addOrder();
  await subject.deliver(sampleFailed(order, 'EXPIRED'));
  await deliverOften(subject, sampleFailed(order, 'DECLINED'));
  expect(endings()).toEqual([['OrderAbandoned'], ['OrderFailed', 1]]);
});

it('counts again what comes back, because the delivery before may have died before it counted', async ({
  subject,
}) => {
  const event = sampleCompleted(await subject.addOrder());
  await subject.deliver(toldBy('webhook', event));
  await subject.deliverAgain(2, toldBy('webhook', event));
  expect(endings()).toEqual([
    ['OrderFailed', 0],
    ['OrderFailed', 0],
  ]);
});

it('counts nothing again that another publisher has brought about', async ({ subject }) => {
  const event = sampleCompleted(await subject.addOrder());
  await subject.deliver(toldBy('webhook', event));
  await subject.deliverAgain(2, toldBy('sweep', event));
  expect(endings()).toEqual([['OrderFailed', 0]]);
});

it('counts an abandoned checkout that was never counted although it was paid since', async ({
  subject,
}) => {
  const order = await subject.addOrder();
  const abandoned = toldBy('sweep', sampleFailed(order, 'EXPIRED'));
  await subject.deliver(abandoned);
  await subject.deliver(toldBy('webhook', sampleCompleted(order)));
  await subject.deliverAgain(2, abandoned);
  expect(endings()).toEqual([['OrderAbandoned'], ['OrderFailed', 0], ['OrderAbandoned']]);
});
