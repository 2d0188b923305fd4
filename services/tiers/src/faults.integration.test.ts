import { awsFaults, deliverUntilDeadLettered } from '@cloudnestle/runtime/testing/faults';
import { describe, expect } from 'vitest';
import { it } from './testing/subject.ts';

it.beforeEach(async ({ cloud, subject }) => {
  cloud.cloud.intercept(undefined);
  await subject.addUser();
});

describe.each([1, 2])('AWS call %i of a delivery', (position) => {
  it.for(Object.entries(awsFaults))(
    '%s: the buyer is Pro all the same',
    async ([_how, fault], { cloud, subject }) => {
      const event = await subject.addPaidOrder();
      let seen = 0;
      cloud.cloud.intercept((call) => {
        if (call.service !== 'dynamodb') return undefined;
        seen += 1;
        return seen === position ? fault : undefined;
      });
      const answer = await subject.deliver(event);
      if (answer.batchItemFailures.length > 0) await subject.deliver(event);
      expect(seen).toBeGreaterThanOrEqual(2);
      expect(await subject.user()).toMatchObject({
        subscriptionTier: 'pro',
        subscriptionStartDate: '2025-11-23T10:00:00.000Z',
      });
    },
  );
});

it.for(['GetItem', 'UpdateItem'])(
  'tries again with %s down, then dead-letters at the eighth attempt',
  async (operation, { cloud, subject }) => {
    const event = await subject.addPaidOrder();
    expect(
      await deliverUntilDeadLettered(cloud, 'tiers', subject.handler, event, operation),
    ).toEqual({ retried: 7, reason: 'AccessDeniedException: down' });
    expect(await subject.user()).toMatchObject({ subscriptionTier: 'registered' });
  },
);
