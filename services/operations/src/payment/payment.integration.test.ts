import { searchResponseSchema } from '@cloudnestle/contracts/admin/orders';
import {
  paymentLettersResponseSchema,
  paymentResponseSchema,
} from '@cloudnestle/contracts/admin/payment';
import { repairPlanResponseSchema } from '@cloudnestle/contracts/admin/payment-changes';
import { wrapInEnvelope } from '@cloudnestle/runtime/testing/invoke';
import { advanceClock, restoreClock } from '@cloudnestle/test-kit/advance-clock';
import { sampleCompleted } from '@cloudnestle/test-kit/samples';
import { afterAll, describe, expect } from 'vitest';
import { claimsOf, createSubject, operateTest as it, jobIn } from '../testing/subject.ts';

afterAll(restoreClock);
const why = { reason: 'the buyer wrote, case 4711' };

describe('an order', () => {
  it('whose tier is missing is told from all sides: the walk stops there, and the verdict repairs it', async ({
    cloud,
    subject,
  }) => {
    const order = await subject.addOrder();
    const { userId, userEmail, transactionId } = order.row;
    await cloud.put('users', { userId, email: userEmail, subscriptionTier: 'registered' });
    const params = { transactionId };
    const answer = await subject.call('payment', { params });
    expect(answer.statusCode).toBe(200);
    const payment = paymentResponseSchema.parse(answer.body);
    expect(payment.verdict).toMatchObject({ kind: 'repairable', isCertain: true });
    expect(payment.repair).toMatchObject({
      action: 'repair',
      command: `./payments payment ${transactionId} --repair`,
    });
    const walked = payment.walk.find(({ detailType }) => detailType === 'PaymentCompleted');
    expect(walked?.state).toBe('stopped');
    expect(walked?.missing).toContainEqual({
      subscriber: 'tiers',
      effect: 'user-tier',
      words: expect.any(String),
    });
    expect(
      walked?.subscribers.find(({ subscriber }) => subscriber === 'reconciliation')?.state,
    ).toBe('done');
    const moments = payment.timeline.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted().toReversed());
    expect(payment.order).toMatchObject({ refundableInPaisa: 29_900 });
    expect(JSON.stringify(answer.body)).not.toContain(userEmail);

    // Asked again without a change there is no body.
    const headers = { 'if-none-match': payment.etag };
    expect((await subject.call('payment', { params, headers })).statusCode).toBe(304);
  });

  it('whose grant is noted and whose tier was taken away all the same is not done', async ({
    cloud,
    subject,
  }) => {
    const order = await subject.addOrder();
    const { userId, userEmail, transactionId, completedAt } = order.row;
    const grants = { [transactionId]: { tier: 'pro', planId: 'pro', at: completedAt } };
    const user = { userId, email: userEmail, grants, grantsVersion: 1, baseTier: 'registered' };
    for (const [subscriptionTier, state] of [
      ['pro', 'there'],
      ['registered', 'missing'],
    ]) {
      await cloud.put('users', { ...user, subscriptionTier });
      const { body } = await subject.call('payment', { params: { transactionId } });
      const { walk } = paymentResponseSchema.parse(body);
      const tiers = walk
        .find(({ detailType }) => detailType === 'PaymentCompleted')
        ?.subscribers.find(({ subscriber }) => subscriber === 'tiers');
      expect(tiers?.effects).toMatchObject([{ effect: 'user-tier', state }]);
    }
  });

  it('whose event was never published says so', async ({ subject }) => {
    const order = await subject.addOrder({ status: 'PENDING', completedAt: undefined });
    const { transactionId } = order.row;
    const { body } = await subject.call('payment', { params: { transactionId } });
    const { walk, discrepancies } = paymentResponseSchema.parse(body);
    expect(discrepancies).toEqual(['NOT_RECORDED']);
    expect(walk.find(({ detailType }) => detailType === 'PaymentCompleted')).toMatchObject({
      state: expect.stringMatching(/onTheWay|notPublished/),
    });
  });

  it('is not certain while dead letters lie that may be its own, until they are looked at', async ({
    subject,
  }) => {
    const order = await subject.addOrder();
    const params = { transactionId: order.row.transactionId };
    await subject.putLetters('tiers', [JSON.stringify(wrapInEnvelope(sampleCompleted(order)))]);
    const seen = paymentResponseSchema.parse((await subject.call('payment', { params })).body);
    expect(seen.verdict.isCertain).toBe(false);
    expect(seen.verdict.findings.at(-1)).toContain('1 dead letter of tiers');
    const looked = await subject.call('paymentLetters', { params });
    const { letters, verdict } = paymentLettersResponseSchema.parse(looked.body);
    expect(letters).toMatchObject([{ queue: 'tiers', transactionId: params.transactionId }]);
    expect(verdict.isCertain).toBe(true);
    advanceClock(120_000);
    await subject.takeAll(subject.queueOf('tiers').deadLetterUrl);
  });

  it('is repaired as planned, by a job that says what it did', async ({ cloud, subject }) => {
    const order = await subject.addOrder();
    const { userId, userEmail, transactionId } = order.row;
    await cloud.put('users', { userId, email: userEmail, subscriptionTier: 'registered' });
    const params = { transactionId };
    const planned = await subject.call('repair', { params, body: { dryRun: true } });
    expect(repairPlanResponseSchema.parse(planned.body).plan).toMatchObject({ isNothing: false });
    const job = await subject.runJob('repair', { params, body: why });
    expect(job).toMatchObject({
      state: 'DONE',
      counts: { published: 1 },
      said: ['Published PaymentCompleted.'],
    });
    const { body: log } = await subject.call('actions', { query: { transactionId } });
    expect(Object(log).actions).toMatchObject([
      { what: 'payment repair', outcome: 'DONE', why: why.reason, counts: { published: 1 } },
    ]);
  });
});

it('reveals what was asked for, after it has written down who asked', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder({ vpa: 'buyer@upi', utr: '123456789012' });
  const params = { transactionId: order.row.transactionId };
  const body = { fields: ['userEmail', 'vpa', 'billingName'], ...why };
  const { body: revealed } = await subject.call('reveal', { params, body });
  expect(revealed.values).toEqual({
    userEmail: order.row.userEmail,
    vpa: 'buyer@upi',
    billingName: null,
  });
  const { body: log } = await subject.call('actions', { query: params });
  expect(Object(log).actions).toMatchObject([
    {
      actionId: revealed.actionId,
      what: 'payment reveal',
      by: 'anna@operators.example',
      why: why.reason,
      target: { fields: 'billingName userEmail vpa' },
    },
  ]);
  // No entry, no answer.
  cloud.cloud.intercept(({ operation }) =>
    operation === 'PutItem'
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const unwritten = await subject.call('reveal', { params, body });
  cloud.cloud.intercept(undefined);
  expect(unwritten.statusCode).toBe(503);
  expect(JSON.stringify(unwritten.body)).not.toContain('upi');
});

it('finds an order by every id and a buyer by any spelling of the address, and shows neither', async ({
  cloud,
  subject,
}) => {
  const order = await subject.addOrder();
  const { userId, userEmail, transactionId, merchantOrderId, phonepeOrderId = '' } = order.row;
  await cloud.put('users', { userId, email: userEmail, subscriptionTier: 'pro' });
  for (const text of [
    transactionId,
    merchantOrderId,
    phonepeOrderId,
    userId,
    userEmail,
    ` ${userEmail.toUpperCase()} `,
  ]) {
    const { body } = await subject.call('search', { body: { text }, claims: claimsOf('look') });
    const { orders, users } = searchResponseSchema.parse(body);
    expect(
      orders.map((each) => each.transactionId),
      text,
    ).toEqual([transactionId]);
    if (text.includes('@')) expect(users).toMatchObject([{ userId, tier: 'pro', orders: 1 }]);
    expect(JSON.stringify(body)).not.toContain(userEmail);
  }
  const none = await subject.call('search', { body: { text: 'stranger@example.com' } });
  expect(none.body).toMatchObject({ orders: [], users: [] });
});

it('asks for a refund once for a key, sets its amount aside, and refuses what is too much', async ({
  subject,
}) => {
  const order = await subject.addOrder({ completedAt: new Date().toISOString() });
  const params = { transactionId: order.row.transactionId };
  const body = {
    refundReason: 'BUYER_REQUEST',
    idempotencyKey: 'dialog-0001',
    amountInPaisa: 9_900,
    ...why,
  };
  const clicks = [
    await subject.call('requestRefund', { params, body }),
    await subject.call('requestRefund', { params, body }),
  ];
  for (const { statusCode, body: answer } of clicks) {
    expect(statusCode).toBe(202);
    expect(answer.refund).toMatchObject({
      state: 'RESERVED',
      amountInPaisa: 9_900,
      requestedBy: 'sub-of-anna',
    });
  }
  const { body: seen } = await subject.call('payment', { params });
  expect(Object(seen).order).toMatchObject({ refundableInPaisa: 20_000 });
  const other = { ...body, idempotencyKey: 'dialog-0002', amountInPaisa: 30_000 };
  expect(await subject.call('requestRefund', { params, body: other })).toMatchObject({
    statusCode: 409,
    body: { error: { code: 'REFUND_REFUSED' } },
  });
  const { body: log } = await subject.call('actions', { query: params });
  expect(
    Object(log)
      .actions.map(({ outcome }: { outcome: string }) => outcome)
      .toSorted(),
  ).toEqual(['DONE', 'DONE', 'REFUSED']);
});

it('changes nothing on production without the stage’s name', async ({ cloud, gateway }) => {
  const subject = await createSubject(cloud, gateway, 'production');
  const order = await subject.addOrder();
  const params = { transactionId: order.row.transactionId };
  for (const body of [why, { ...why, stage: 'staging' }]) {
    for (const key of ['endAccess', 'restoreAccess', 'repair', 'resendMail'] as const) {
      expect(await subject.call(key, { params, body }), key).toMatchObject({
        statusCode: 400,
        body: { error: { fields: [{ field: 'stage' }] } },
      });
    }
  }
  const ended = await subject.call('endAccess', { params, body: { ...why, stage: 'production' } });
  expect(ended).toMatchObject({ statusCode: 200, body: { isOurs: true, isPublished: true } });
});

it('reconciles a range day by day, and lists what deviates', async ({ subject }) => {
  const at = (day: number) => `2025-10-${String(day).padStart(2, '0')}T09:00:00.000Z`;
  const dayShard = (day: number) => `2025-10-${String(day).padStart(2, '0')}#0`;
  for (const day of [3, 4, 5]) {
    await subject.addOrder(
      {
        createdAt: at(day),
        dayShard: dayShard(day),
        status: day === 4 ? 'PENDING' : 'FAILED',
        completedAt: undefined,
      },
      { gateway: day === 4 },
    );
  }
  const job = await subject.runJob('reconcile', {
    body: { from: '2025-10-01', to: '2025-10-10', repair: false, ...why },
  });
  expect(job).toMatchObject({ state: 'DONE', counts: { checked: 3, published: 0 } });
  const { body } = await subject.call('jobResults', { params: { jobId: String(job.jobId) } });
  expect(Object(body).results).toContainEqual(
    expect.objectContaining({ discrepancies: ['NOT_RECORDED'], gatewayStatus: 'COMPLETED' }),
  );
  expect(jobIn({ body: { job } }).command).toBe(
    './payments reconcile --from 2025-10-01 --to 2025-10-10',
  );
});

it('says how the stage is, by the doctor’s own checks', async ({ subject }) => {
  const { body } = await subject.call('health', { claims: claimsOf('look') });
  const findings: { check: string; subject: string; result: string }[] = Object(body).findings;
  expect(findings).toContainEqual(
    expect.objectContaining({
      check: 'tables',
      subject: 'marketplace-payment-operations',
      result: 'ok',
    }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({
      check: 'queues',
      subject: 'marketplace-payments-tiers',
      result: 'ok',
    }),
  );
  expect(Object(body).runbooks).toContain('dead-letters');
  // The cloud of this machine has no alarms.
  expect(Object(body).alarms).toContainEqual(
    expect.objectContaining({ name: 'dead-letters-tiers', state: 'UNKNOWN' }),
  );
});
