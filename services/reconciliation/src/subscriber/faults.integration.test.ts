import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { buildRecord, invokeQueue } from '@cloudnestle/test-kit/invoke';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject, type Subject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: Subject;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  cloud.cloud.intercept(undefined);
  subject = createSubject(cloud);
});
afterAll(() => cloud.stop());

const faults = {
  'fails once': { when: 'before', status: 500, errorType: 'InternalServerError' },
  'is refused once': { when: 'before', status: 400, errorType: 'AccessDeniedException' },
  'loses its answer': { when: 'after', reset: true },
} as const;

function breakCall(position: number, fault: (typeof faults)[keyof typeof faults]) {
  const seen = { calls: 0 };
  cloud.cloud.intercept((call) => {
    if (call.service !== 'dynamodb') return undefined;
    seen.calls += 1;
    return seen.calls === position ? fault : undefined;
  });
  return seen;
}

async function deliverUntilDone(event: Parameters<Subject['deliver']>[0]) {
  const answer = await subject.deliver(event);
  if (answer.batchItemFailures.length > 0) await subject.deliver(event);
  cloud.cloud.intercept(undefined);
}

describe.each([1, 2, 3])('AWS call %i of a first payment', (position) => {
  it.each(Object.entries(faults))('%s: the books are right all the same', async (_how, fault) => {
    const order = await subject.addOrder();
    const seen = breakCall(position, fault);
    await deliverUntilDone(sampleCompleted(order));
    expect(seen.calls).toBeGreaterThan(position);
    expect(await subject.row(order.row.transactionId)).toMatchObject({ status: 'COMPLETED' });
    expect((await subject.checkout())?.paid).toEqual({
      [order.row.transactionId]: '2025-11-23T10:00:00.000Z',
    });
  });
});

describe.each([1, 2, 3, 4, 5, 6, 7])('AWS call %i of a second payment', (position) => {
  it.each(Object.entries(faults))('%s: it is marked all the same', async (_how, fault) => {
    const [first, second] = [await subject.addOrder(), await subject.addOrder()];
    await subject.deliver(sampleCompleted(first, '2025-11-23T09:30:00.000Z'));
    const seen = breakCall(position, fault);
    await deliverUntilDone(sampleCompleted(second));
    expect(seen.calls).toBeGreaterThan(position);
    expect(await subject.row(second.row.transactionId)).toMatchObject({
      status: 'COMPLETED',
      duplicateOf: first.row.transactionId,
    });
    expect(Object.keys((await subject.checkout())?.paid ?? {})).toHaveLength(2);
    expect(subject.platform.counted('BuyerChargedTwice')).toBe(1);
  });
});

it.each(['GetItem', 'UpdateItem'])(
  'tries again with %s down, then dead-letters at the eighth attempt',
  async (operation) => {
    const order = await subject.addOrder();
    const event = sampleCompleted(order);
    cloud.cloud.intercept((call) =>
      call.operation === operation
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException', message: 'down' }
        : undefined,
    );
    cloud.cloud.calls.reset();
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const answer = await invokeQueue(subject.handler, [buildRecord(event, { attempt })]);
      expect(answer.batchItemFailures).toHaveLength(1);
    }
    expect(cloud.cloud.calls.count('sqs', 'ChangeMessageVisibility')).toBe(7);
    const last = await invokeQueue(subject.handler, [buildRecord(event, { attempt: 8 })]);
    expect(last).toEqual({ batchItemFailures: [] });
    cloud.cloud.intercept(undefined);
    const [letter] = await cloud.receive('reconciliation', 'deadLetterQueue');
    expect(letter?.MessageAttributes?.failureReason?.StringValue).toBe(
      'AccessDeniedException: down',
    );
    expect(await subject.row(order.row.transactionId)).toMatchObject({ status: 'PENDING' });
  },
);
