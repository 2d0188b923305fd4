import { awsFaults, deliverUntilDeadLettered } from '@cloudnestle/runtime/testing/faults';
import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { gatewayEventOf } from '@cloudnestle/test-kit/gateway-events';
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

function breakCall(position: number, fault: (typeof awsFaults)[keyof typeof awsFaults]) {
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
  if (answer.batchItemFailures.length > 0) await subject.deliverAgain(2, event);
  cloud.cloud.intercept(undefined);
}

describe.each([1, 2, 3])('AWS call %i of a first payment', (position) => {
  it.each(Object.entries(awsFaults))(
    '%s: the books are right all the same',
    async (_how, fault) => {
      const order = await subject.addOrder();
      const seen = breakCall(position, fault);
      await deliverUntilDone(sampleCompleted(order));
      expect(seen.calls).toBeGreaterThan(position);
      expect(await subject.row(order.row.transactionId)).toMatchObject({ status: 'COMPLETED' });
      expect((await subject.checkout())?.paid).toEqual({
        [order.row.transactionId]: '2025-11-23T10:00:00.000Z',
      });
    },
  );
});

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('AWS call %i of a second payment', (position) => {
  it.each(Object.entries(awsFaults))('%s: it is marked all the same', async (_how, fault) => {
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
    expect(await subject.attention(second.row.transactionId)).toMatchObject([
      { reason: 'CHARGED_TWICE' },
    ]);
  });
});

it.each([
  ['dispute', 'DISPUTE'],
  ['mismatch', 'MISMATCH'],
] as const)(
  'needs an operator for a %s although the answer to its write is lost',
  async (kind, reason) => {
    const { row } = await subject.addOrder();
    let writes = 0;
    cloud.cloud.intercept((call) => {
      if (call.operation !== 'UpdateItem') return undefined;
      writes += 1;
      return writes === 1 ? awsFaults['loses its answer'] : undefined;
    });
    const { merchantOrderId, transactionId } = row;
    const event = gatewayEventOf({ kind, gatewayState: 'COMPLETED', merchantOrderId });
    await subject.deliver(event);
    cloud.cloud.intercept(undefined);
    expect(writes).toBe(2);
    const once = await subject.row(transactionId);
    expect(await subject.attention(transactionId)).toMatchObject([{ reason }]);
    await subject.deliver(event);
    expect(await subject.row(transactionId)).toEqual(once);
  },
);

it.each(['GetItem', 'UpdateItem'])(
  'tries again with %s down, then dead-letters at the eighth attempt',
  async (operation) => {
    const order = await subject.addOrder();
    const event = sampleCompleted(order);
    expect(
      await deliverUntilDeadLettered(cloud, 'reconciliation', subject.handler, event, operation),
    ).toEqual({ retried: 7, reason: 'AccessDeniedException: down' });
    expect(await subject.row(order.row.transactionId)).toMatchObject({ status: 'PENDING' });
  },
);
