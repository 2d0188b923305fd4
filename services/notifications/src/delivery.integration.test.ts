import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completed, failed, initiated, kinds, startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

describe.each(kinds)('the %s mail', (kind, build, subject) => {
  test('arrives once, at the buyer, with its subject, from us, answers going to support', async () => {
    const scene = world.newScene();
    const order = await scene.order({ userEmail: `${scene.userId}@example.com` });
    expect(await scene.deliver(build(order))).toBe(0);
    const mails = (await world.cloud.inbox.emails()).filter((mail) =>
      mail.destination.to.includes(`${scene.userId}@example.com`),
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      subject,
      from: 'payments@marketplace.example',
      replyTo: ['support@marketplace.example'],
      destination: { to: [`${scene.userId}@example.com`], cc: [], bcc: [] },
    });
    expect(mails[0]?.body.html).toContain(order.row.merchantOrderId);
    expect(mails[0]?.body.text).toContain(order.row.merchantOrderId);
    expect((await scene.notes(order))?.[kind]).toEqual({
      state: 'sent',
      messageId: mails[0]?.messageId,
      sentAt: '2025-11-23T09:05:00.000Z',
    });
    expect(scene.platform.counted('EmailSent')).toBe(1);
    expect(scene.outcomes()).toEqual(['applied']);
  });

  test('is one mail after five deliveries', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      expect(await scene.deliver(build(order))).toBe(0);
    }
    expect(await scene.subjects(order)).toEqual([subject]);
    expect(scene.outcomes()).toEqual(['applied', ...Array(4).fill('skipped: already sent')]);
  });

  test('is one mail after ten concurrent deliveries, by one function or by ten', async () => {
    const scene = world.newScene();
    const order = await scene.order();
    const handlers = Array.from({ length: 5 }, () => scene.newHandler());
    const answers = await Promise.all([
      scene.deliver(...Array(5).fill(build(order))),
      ...handlers.map((handler) => scene.deliverTo(handler, build(order))),
    ]);
    expect(await scene.subjects(order)).toEqual([subject]);
    const again = answers.reduce((sum, each) => sum + each, 0);
    // A delivery that met the winner at work comes back, and finds the mail sent.
    expect(scene.outcomes().filter((outcome) => outcome === 'retry')).toHaveLength(again);
    expect(await scene.deliver(...Array(again + 1).fill(build(order)))).toBe(0);
    expect(await scene.subjects(order)).toEqual([subject]);
    expect(scene.platform.counted('EmailSent')).toBe(1);
    expect(scene.platform.counted('EmailUnknown')).toBe(0);
  });
});

test('every mail of an order goes out once, whatever the order’s story', async () => {
  const scene = world.newScene();
  const order = await scene.order();
  await scene.deliver(initiated(order));
  await scene.deliver(failed(order));
  await scene.deliver(completed(order));
  await scene.deliver(failed(order), completed(order), initiated(order));
  expect(await scene.subjects(order)).toEqual(
    kinds.map(([, , subject]) => subject).toSorted(byStory),
  );
});

/** Initiated, failed, welcome. */
function byStory(a: string, b: string): number {
  const rank = (subject: string) =>
    ['Payment Initiated', 'Payment Failed', '🎉'].findIndex((start) => subject.startsWith(start));
  return rank(a) - rank(b);
}

describe('a mail costs no more calls than it must', () => {
  test.each([
    ['initiated', initiated, { 'dynamodb:GetItem': 1, 'dynamodb:UpdateItem': 2 }],
    ['failed', failed, { 'dynamodb:GetItem': 1, 'dynamodb:UpdateItem': 2 }],
    [
      'welcome',
      completed,
      { 'dynamodb:GetItem': 1, 'dynamodb:PutItem': 1, 'dynamodb:UpdateItem': 2 },
    ],
  ] as const)('%s', async (_kind, build, tableCalls) => {
    const scene = world.newScene();
    const order = await scene.order();
    world.cloud.calls.reset();
    await scene.deliver(build(order));
    expect(world.cloud.calls.snapshot()).toEqual({ ...tableCalls, 'ses:SendEmail': 1 });
  });
});

test('no log line names the buyer; the lines name order and SES message', async () => {
  const scene = world.newScene();
  const order = await scene.order({ userEmail: 'very.private@example.com' });
  await scene.deliver(initiated(order), failed(order));
  await scene.deliver(completed(order));
  world.cloud.intercept(({ service }) =>
    service === 'ses'
      ? {
          when: 'before',
          status: 400,
          errorType: 'MessageRejected',
          message: 'Email address is not verified: very.private@example.com',
        }
      : undefined,
  );
  const second = await scene.order({ userEmail: 'very.private@example.com' });
  expect(await scene.deliver(initiated(second))).toBe(1);
  const printed = JSON.stringify(scene.platform.lines);
  expect(printed).not.toContain('very.private');
  expect(printed).toContain('not verified');
  expect(scene.platform.lines).toContainEqual({
    level: 'info',
    message: 'mail sent',
    fields: {
      transactionId: order.row.transactionId,
      mail: 'welcome',
      sesMessageId: expect.any(String),
    },
  });
});
