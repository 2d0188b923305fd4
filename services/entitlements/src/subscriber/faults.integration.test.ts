import { awsFaults, deliverUntilDeadLettered } from '@cloudnestle/runtime/testing/faults';
import { emailRecord } from '@cloudnestle/runtime/testing/records';
import type { TestCloud } from '@cloudnestle/test-kit/cloud';
import { describe, expect } from 'vitest';
import { it } from './testing/subject.ts';

it.beforeEach(async ({ cloud }) => {
  cloud.cloud.intercept(undefined);
});

describe.each([1, 2, 3, 4, 5])('AWS call %i of a delivery', (position) => {
  const breakCall = (cloud: TestCloud, fault: (typeof awsFaults)[keyof typeof awsFaults]) => {
    const seen = { calls: 0 };
    cloud.cloud.intercept((call) => {
      if (call.service === 'sqs') return undefined;
      seen.calls += 1;
      return seen.calls === position ? fault : undefined;
    });
    return seen;
  };

  it.for(Object.entries(awsFaults))(
    '%s: both records are open all the same',
    async ([_how, fault], { cloud, subject }) => {
      await subject.addRecord(subject.userId);
      await subject.addRecord(subject.email, emailRecord);
      const event = await subject.addPaidOrder();
      const seen = breakCall(cloud, fault);
      const answer = await subject.deliver(event);
      if (answer.batchItemFailures.length > 0) await subject.deliver(event);
      expect(seen.calls).toBeGreaterThan(position);
      const open = { access_tier: 'pro', grantedAt: '2025-11-23T10:00:00.000Z' };
      expect(await subject.record(subject.userId)).toMatchObject({ ...open, dailyUsage: 0 });
      expect(await subject.record(subject.email)).toMatchObject(open);
    },
  );

  it.for(Object.entries(awsFaults))(
    '%s: a record is made all the same',
    async ([_how, fault], { cloud, subject }) => {
      const event = await subject.addPaidOrder();
      const seen = breakCall(cloud, fault);
      const answer = await subject.deliver(event);
      if (answer.batchItemFailures.length > 0) await subject.deliver(event);
      expect(seen.calls).toBeGreaterThan(position);
      expect(await subject.record(subject.userId)).toMatchObject({
        token: expect.stringMatching(/^tok_perm_[0-9a-f]{32}$/),
        access_tier: 'pro',
      });
    },
  );
});

it.for(['GetItem', 'PutItem', 'GetSecretValue'])(
  'tries again with %s down, then dead-letters at the eighth attempt',
  async (operation, { cloud, subject }) => {
    const event = await subject.addPaidOrder();
    expect(
      await deliverUntilDeadLettered(cloud, 'entitlements', subject.handler, event, operation),
    ).toEqual({ retried: 7, reason: expect.stringContaining('down') });
    expect(await subject.record(subject.userId)).toBeUndefined();
  },
);
