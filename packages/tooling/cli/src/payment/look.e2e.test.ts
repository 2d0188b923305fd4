import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { upgrade } from '@cloudnestle/dev/testing/buyer';
import { raiseAttention } from '@cloudnestle/payments/attention/attention';
import { createSqsClient } from '@cloudnestle/runtime/clients/sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buyWithRefusedMail } from './testing/damage.ts';
import { type Purchase, type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
let paid: Purchase;
beforeAll(async () => {
  scene = await startScene();
  paid = await scene.buy();
});
afterEach(() => {
  scene.run.cloud?.intercept(undefined);
});
afterAll(() => scene?.stop());

async function lookAt(id: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await scene.payment(id, '--json', ...args);
  expect(stderr).toBe('');
  return { exitCode, story: JSON.parse(stdout), stdout };
}

describe('an order is found', () => {
  it.each([
    ['its transaction id', () => paid.order.transactionId],
    ['its merchant order id', () => paid.order.merchantOrderId],
    ['its buyer’s user id', () => paid.buyer.userId],
    ['its buyer’s address', () => paid.buyer.email],
    ['the address in other letters', () => paid.buyer.email.toUpperCase()],
    ['an id with the blanks that came along', () => ` ${paid.order.merchantOrderId}\n`],
  ])('by %s', async (_what, id) => {
    const { exitCode, story } = await lookAt(id());
    expect(story.order.transactionId).toBe(paid.order.transactionId);
    expect(exitCode).toBe(0);
  });

  it('by a buyer who is gone', async () => {
    const { buyer, order } = await scene.open();
    await scene.remove('users', { userId: buyer.userId });
    const { story } = await lookAt(buyer.userId);
    expect(story.order.transactionId).toBe(order.transactionId);
    expect(story.access.user).toBeNull();
  });

  it('by a buyer with several orders: the newest while none is paid, and the others beside it', async () => {
    const { buyer, order: first } = await scene.buy({ outcome: 'FAILED' });
    const second = await upgrade(scene.run, buyer);
    await scene.run.idle();
    const { story } = await lookAt(buyer.userId);
    expect(story.order.transactionId).toBe(second.transactionId);
    expect(story.otherOrders.orders).toMatchObject([
      { transactionId: first.transactionId, status: 'FAILED', amountInPaisa: 29_900 },
    ]);
  });
});

describe('personal data', () => {
  it('is masked, in data as on the screen', async () => {
    const { vpa, utr } = (await scene.row(paid.order.transactionId)) ?? {};
    const { stdout } = await lookAt(paid.order.transactionId);
    const screen = await scene.payment(paid.order.transactionId);
    for (const text of [stdout, screen.stdout]) {
      for (const secret of [paid.buyer.email, vpa, utr]) expect(text).not.toContain(secret);
      expect(text).toContain(`***${String(utr).slice(-4)}`);
    }
  });

  it('is shown to an operator who asks for it', async () => {
    const { vpa, utr, upi_transaction_id } = (await scene.row(paid.order.transactionId)) ?? {};
    const { story } = await lookAt(paid.order.transactionId, '--reveal');
    expect(story.order).toMatchObject({
      userEmail: paid.buyer.email,
      payment: { vpa, utr, upiTransactionId: upi_transaction_id },
    });
  });
});

it('stored text does not steer the terminal, on the screen as in data', async () => {
  const { buyer, order } = await scene.buy();
  const attack = '\u001b[2J\u009b31m\u202e\nVerdict: consistent';
  const row = await scene.row(order.transactionId);
  const fact = { reason: 'DISPUTE', at: '2026-01-01T00:00:00.000Z', detail: attack } as const;
  const attention = raiseAttention(row ?? {}, fact, { shardCount: 1 });
  await scene.marketplace.put('transactions', { ...row, phonepeOrderId: attack, ...attention });
  await scene.marketplace.put('users', {
    ...buyer,
    subscriptionTier: 'registered',
    subscriptionStatus: attack,
  });
  await scene.marketplace.put('notifications', {
    ...(await scene.notes(order.transactionId)),
    welcome: { state: 'unknown', since: '2026-01-01T00:00:00.000Z', why: attack },
  });
  const screen = await scene.payment(order.transactionId);
  const { stdout, story } = await lookAt(order.transactionId);
  for (const text of [screen.stdout, stdout]) {
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text.split(String.raw`\u001b[2J`).length - 1).toBeGreaterThanOrEqual(4);
  }
  expect(screen.stdout.match(/^Verdict/gm)).toHaveLength(1);
  expect(story.order.gatewayOrderId).toBe(attack);
});

it('changes nothing and receives from no live queue', async () => {
  const { order } = await scene.open();
  const pollers = Object.values(scene.run.pollers);
  await Promise.all(pollers.map((each) => each.pause()));
  scene.run.sandbox.finish(order.merchantOrderId, { outcome: 'COMPLETED' });
  await scene.run.sandbox.deliveries.settled();
  const live = Object.values(scene.run.provisioned.queues).map(({ url }) => url);
  const calls: string[] = [];
  scene.run.cloud?.intercept(({ operation, body }) => {
    const queue = typeof body === 'object' && body && 'QueueUrl' in body ? body.QueueUrl : '';
    calls.push(live.includes(String(queue)) ? `${operation} live` : operation);
    return undefined;
  });
  const { story } = await lookAt(order.transactionId);
  scene.run.cloud?.intercept(undefined);
  for (const each of pollers) each.resume();
  expect(story.queues.live).toContainEqual({ queue: 'tiers', waiting: 1, inFlight: 0 });
  expect([...new Set(calls)].toSorted()).toEqual([
    'GetItem',
    'GetQueueAttributes',
    'GetQueueAttributes live',
    'GetSecretValue',
    'Query',
    'ReceiveMessage',
  ]);
});

it('is not certain while another client holds dead letters', async () => {
  const { order } = await buyWithRefusedMail(scene);
  const { deadLetterUrl } = scene.run.provisioned.queues.notifications ?? {};
  const sqs = createSqsClient();
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: deadLetterUrl, VisibilityTimeout: 60 }),
  );
  expect(Messages).toHaveLength(1);
  const held = await lookAt(order.transactionId);
  for (const { ReceiptHandle } of Messages) {
    const back = { QueueUrl: deadLetterUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(back));
  }
  const free = await lookAt(order.transactionId);
  sqs.destroy();
  expect(held.story.verdict).toMatchObject({ isCertain: false });
  expect(held.story.verdict.findings.join('\n')).toContain('which could not be seen: 1.');
  expect(free.story.verdict).toMatchObject({ isCertain: true, kind: 'repairable' });
  await scene.marketplace.deadLetters('notifications', 'discard');
});

describe('an operator who may not see everything', () => {
  const refused = { when: 'before', status: 400, errorType: 'AccessDeniedException' } as const;
  const secret = 'marketplace/phonepe/credentials';

  it.each<[string, string, string, RegExp]>([
    ['PhonePe', 'secretsmanager', secret, /PhonePe could not be asked: secret .* cannot be read/],
    ['the user', 'dynamodb', 'marketplace-users', /The user could not be read: AccessDenied/],
    ['the records', 'dynamodb', 'entitlements', /entitlement records could not be read/],
    ['the mails', 'dynamodb', 'notifications', /What was mailed could not be read/],
    ['other orders', 'dynamodb', 'UserIndex', /other orders could not be read/],
    ['dead letters', 'sqs', 'tiers-dlq', /dead letters of tiers could not be read/],
  ])(
    'sees all but %s, and that the verdict is not certain',
    async (_what, service, name, words) => {
      scene.run.cloud?.intercept((call) =>
        call.service === service && JSON.stringify(call.body).includes(name) ? refused : undefined,
      );
      const { exitCode, stdout, stderr } = await scene.payment(paid.order.transactionId);
      scene.run.cloud?.intercept(undefined);
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(words);
      expect(stdout).toContain('Verdict: consistent, as far as could be seen (not certain)');
      expect(stdout.match(/could not be/g)?.length).toBeGreaterThanOrEqual(2);
    },
  );
});
