import { startTestCloud, type TestCloud } from '@cloudnestle/test-kit/cloud';
import { buildRecord, invokeQueue } from '@cloudnestle/test-kit/invoke';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSubject } from './testing/subject.ts';

let cloud: TestCloud;
let subject: ReturnType<typeof createSubject>;

beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(async () => {
  cloud.cloud.intercept(undefined);
  subject = createSubject(cloud);
  await subject.addUser();
});
afterAll(() => cloud.stop());

const faults = {
  'fails once': { when: 'before', status: 500, errorType: 'InternalServerError' },
  'is refused once': { when: 'before', status: 400, errorType: 'AccessDeniedException' },
  'loses its answer': { when: 'after', reset: true },
} as const;

describe.each([1, 2, 3])('AWS call %i of a delivery', (position) => {
  it.each(Object.entries(faults))('%s: the buyer is Pro all the same', async (_how, fault) => {
    const event = await subject.addPaidOrder();
    let seen = 0;
    cloud.cloud.intercept((call) => {
      if (call.service !== 'dynamodb') return undefined;
      seen += 1;
      return seen === position ? fault : undefined;
    });
    const answer = await subject.deliver(event);
    if (answer.batchItemFailures.length > 0) await subject.deliver(event);
    expect(seen).toBeGreaterThanOrEqual(3);
    expect(await subject.user()).toMatchObject({
      subscriptionTier: 'pro',
      subscriptionStartDate: '2025-11-23T10:00:00.000Z',
    });
  });
});

it.each(['GetItem', 'UpdateItem'])(
  'tries again with %s down, then dead-letters at the eighth attempt',
  async (operation) => {
    const event = await subject.addPaidOrder();
    cloud.cloud.intercept((call) =>
      call.operation === operation
        ? { when: 'before', status: 400, errorType: 'AccessDeniedException', message: 'down' }
        : undefined,
    );
    cloud.cloud.calls.reset();
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const record = buildRecord(event, { attempt });
      expect(await invokeQueue(subject.handler, [record])).toEqual({
        batchItemFailures: [{ itemIdentifier: record.messageId }],
      });
    }
    expect(cloud.cloud.calls.count('sqs', 'ChangeMessageVisibility')).toBe(7);
    const last = await invokeQueue(subject.handler, [buildRecord(event, { attempt: 8 })]);
    expect(last).toEqual({ batchItemFailures: [] });
    cloud.cloud.intercept(undefined);
    const [letter] = await cloud.receive('tiers', 'deadLetterQueue');
    expect(letter?.MessageAttributes?.failureReason?.StringValue).toBe(
      'AccessDeniedException: down',
    );
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
  },
);
