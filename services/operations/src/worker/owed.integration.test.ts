import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { afterAll, expect } from 'vitest';
import { operateTest as it, jobIn } from '../testing/subject.ts';

afterAll(restoreClock);

it('gives back no more refunds than were asked for, however often the worker dies, and tells of each of them', async ({
  cloud,
  subject,
}) => {
  const completedAt = new Date().toISOString();
  const owed: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    const kept = await subject.addOrder({ completedAt });
    const { row } = await subject.addOrder({ completedAt });
    const duplicateOf = kept.row.transactionId;
    const fact = { reason: 'CHARGED_TWICE', at: completedAt, id: row.transactionId } as const;
    const raised = raiseAttention(row, fact, { shardCount: 1 });
    await cloud.put('transactions', { ...row, duplicateOf, ...raised });
    owed.push(row.transactionId);
  }
  const { body: tried } = await subject.call('refundOwed', { body: { max: 2, dryRun: true } });
  expect(Object(tried.preview)).toMatchObject({ refunds: [{}, {}], left: 3 });
  const started = await subject.call('refundOwed', {
    body: { transactionIds: owed, max: 3, reason: 'charged twice, case 12' },
  });
  const params = { jobId: String(jobIn(started).jobId) };
  // Killed when one refund is set aside and the next is asked for, then before that one is set aside.
  for (const killed of ['PutItem', 'UpdateItem']) {
    let [written, isDead] = [0, false];
    cloud.cloud.intercept(({ operation, body }) => {
      const text = JSON.stringify(body);
      if (operation === 'PutItem' && text.includes('payment-refunds')) written += 1;
      const isNext = killed === 'PutItem' ? written === 2 : written === 1;
      isDead ||= isNext && operation === killed;
      return isDead ? { when: 'before', reset: true } : undefined;
    });
    await subject.work();
    cloud.cloud.intercept(undefined);
    advanceClock(2_000_000);
  }
  await subject.work();
  const job = jobIn(await subject.call('job', { params }));
  expect(job).toMatchObject({ state: 'DONE', counts: { requested: 3, inPaisa: 3 * 29_900 } });
  const rows = await Promise.all(
    owed.map((transactionId) => cloud.get('transactions', { transactionId })),
  );
  expect(rows.filter((row) => Object.keys(Object(row?.refundHolds)).length > 0)).toHaveLength(3);
  const { body } = await subject.call('jobResults', { params });
  const told: { done?: string }[] = Object(body).results;
  expect(told.filter(({ done }) => done?.startsWith('refund '))).toHaveLength(3);
});
