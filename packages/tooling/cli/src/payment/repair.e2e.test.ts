import { upgrade } from '@cloudnestle/dev/testing/buyer';
import { everythingDone } from '@cloudnestle/dev/testing/test-marketplace';
import { raiseAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyWithRefusedMail, writeUnknownOrder } from './testing/damage.ts';
import { type Purchase, type Scene, startScene } from './testing/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.stop());

const repair = (id: string, ...args: string[]) => scene.payment(id, '--repair', ...args);

async function expectAllDone({ buyer, order }: Purchase): Promise<void> {
  await scene.run.idle();
  expect(await scene.marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
  expect(await scene.marketplace.welcomeMails(buyer)).toBe(1);
}

const published = 'Published PaymentCompleted.';

it.each<[string, () => Promise<Purchase>, string]>([
  ['a lost webhook', () => scene.buy({ outcome: 'COMPLETED', webhook: 'lose' }), published],
  [
    'a missing tier',
    async () => {
      const purchase = await scene.buy();
      await scene.marketplace.damage.user(purchase.buyer);
      return purchase;
    },
    published,
  ],
  [
    'a record that is behind',
    async () => {
      const purchase = await scene.buy();
      await scene.marketplace.damage.record(purchase.buyer.userId);
      return purchase;
    },
    published,
  ],
  // Welcome and invoice.
  ['a stuck mail', () => buyWithRefusedMail(scene), 'Dead letters of notifications put back: 2.'],
  [
    'a mail whose letter is gone',
    async () => {
      const purchase = await buyWithRefusedMail(scene);
      await scene.marketplace.deadLetters('notifications', 'discard');
      return purchase;
    },
    'Published the outcome once more, for the mail.',
  ],
  [
    'everything at once',
    async () => {
      const purchase = await buyWithRefusedMail(scene);
      await scene.marketplace.damage.user(purchase.buyer);
      await scene.marketplace.damage.transaction(purchase.order.transactionId);
      return purchase;
    },
    published,
  ],
])(
  'repairs %s, says so, and does nothing more when it is run again',
  async (_what, cause, done) => {
    const purchase = await cause();
    const { transactionId } = purchase.order;
    const first = await repair(transactionId);
    expect(first.stdout).toContain(done);
    expect(first.stdout).toContain('Verdict: consistent');
    expect(first.exitCode).toBe(0);
    await expectAllDone(purchase);
    const before = await scene.row(transactionId);

    const second = await repair(transactionId);
    expect(second.exitCode).toBe(0);
    expect(second.stdout).toContain('Nothing is to be repaired: nothing was changed.');
    expect(second.stderr).toBe('');
    await expectAllDone(purchase);
    expect(await scene.row(transactionId)).toEqual(before);
  },
);

it('announces who changes what, and writes down what was done', async () => {
  const { order } = await scene.buy({ outcome: 'COMPLETED', webhook: 'lose' });
  const { stderr } = await repair(order.transactionId);
  const [announced, what, line = ''] = stderr.trim().split('\n');
  expect(announced).toMatch(/account \d+ .* stage local .* caller root/);
  expect(what).toBe(`Repair ${order.transactionId}.`);
  expect(JSON.parse(line)).toMatchObject({
    stage: 'local',
    caller: 'root',
    action: 'payment repair',
    target: { transactionId: order.transactionId },
    counts: { published: 1, attentionEnded: 0, lettersPutBack: 0 },
  });
});

it('keeps who did it in the stage’s action log, with the word why', async () => {
  const { order } = await scene.buy({ outcome: 'COMPLETED', webhook: 'lose' });
  const { transactionId } = order;
  await repair(transactionId, '--why', 'the buyer wrote, case 4711');
  expect(await scene.actionsOn(transactionId)).toMatchObject([
    {
      actor: 'cli',
      by: 'root',
      what: 'payment repair',
      why: 'the buyer wrote, case 4711',
      outcome: 'DONE',
      counts: { published: 1, attentionEnded: 0, lettersPutBack: 0 },
    },
  ]);
});

it('writes down what was published although what came after it broke', async () => {
  const { buyer, order } = await scene.buy();
  const row = await scene.row(order.transactionId);
  await scene.marketplace.put('transactions', { ...row, needsReview: 'look at this' });
  await scene.marketplace.damage.user(buyer);
  await scene.run.pollers.reconciliation.pause();
  scene.run.cloud?.intercept(({ operation, body }) =>
    operation === 'UpdateItem' && JSON.stringify(body).includes('payment-transactions')
      ? { when: 'before', status: 400, errorType: 'AccessDeniedException' }
      : undefined,
  );
  const { exitCode, stderr } = await repair(order.transactionId);
  scene.run.cloud?.intercept(undefined);
  scene.run.pollers.reconciliation.resume();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('"counts":{"published":1,"attentionEnded":0,"lettersPutBack":0}');
  expect((await repair(order.transactionId)).exitCode).toBe(0);
});

it('records that an order has expired which PhonePe does not know', async () => {
  const transactionId = await writeUnknownOrder(scene, { madeMinutesAgo: 45 });
  const { exitCode, stdout } = await repair(transactionId, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    order: { status: 'FAILED', failureReason: 'EXPIRED' },
    done: ['Published PaymentFailed.'],
    verdict: { kind: 'consistent' },
  });
});

it('ends what needs no person any more once PhonePe’s answer fits', async () => {
  const { order } = await scene.buy();
  const row = await scene.row(order.transactionId);
  const fact = { reason: 'MISMATCH', at: String(row?.createdAt), detail: 'look at this' } as const;
  const attention = raiseAttention(row ?? {}, fact, { shardCount: 1 });
  await scene.marketplace.put('transactions', { ...row, ...attention });
  expect((await scene.payment(order.transactionId)).stdout).toContain('look at this');
  const { exitCode, stdout } = await repair(order.transactionId);
  expect({
    exitCode,
    isSaid: stdout.includes('It needs no person any more for MISMATCH.'),
  }).toEqual({
    exitCode: 0,
    isSaid: true,
  });
  expect(readAttention((await scene.row(order.transactionId)) ?? {})).toEqual([]);
});

it('ends with status 1 where the cause is still there, and loses nothing', async () => {
  const { order, buyer } = await buyWithRefusedMail(scene);
  scene.run.cloud?.intercept(({ service }) =>
    service === 'ses'
      ? { when: 'before', status: 503, errorType: 'ServiceUnavailableException' }
      : undefined,
  );
  // A slow machine needs a while until the letter has failed again: before that, it is only on its way.
  for (const effectsMs of [4_000, 20_000, 80_000]) {
    const { exitCode, stdout } = await scene.with({ effectsMs }, order.transactionId, '--repair');
    if (exitCode === 0) continue;
    expect(exitCode).toBe(1);
    expect(stdout).toContain('notifications has given up on PaymentCompleted');
    break;
  }
  scene.run.cloud?.intercept(undefined);
  expect((await scene.payment(order.transactionId)).exitCode).toBe(1);
  expect((await repair(order.transactionId)).exitCode).toBe(0);
  expect(await scene.marketplace.welcomeMails(buyer)).toBe(1);
});

describe('what an operator has to decide', () => {
  it('waits for the user to exist again, and is repaired then', async () => {
    const purchase = await scene.open();
    const { buyer, order } = purchase;
    await scene.remove('users', { userId: buyer.userId });
    await scene.end(order, { outcome: 'COMPLETED' });
    const early = await repair(order.transactionId);
    expect(early.exitCode).toBe(1);
    expect(early.stdout).toContain('No command may decide this: nothing was changed.');
    await scene.marketplace.put('users', { ...buyer, subscriptionTier: 'registered' });
    const late = await repair(order.transactionId);
    expect(late.stdout).toContain('Dead letters of tiers put back: 1.');
    expect(late.exitCode).toBe(0);
    await expectAllDone(purchase);
  });

  it('is left alone: a payment of another amount', async () => {
    const { order } = await scene.buy({ outcome: 'COMPLETED', amountInPaisa: 100 });
    const before = await scene.row(order.transactionId);
    const { exitCode, stderr } = await repair(order.transactionId);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    await scene.run.idle();
    expect(await scene.row(order.transactionId)).toEqual(before);
  });

  it('is left alone: money owed back; but what is missing besides is repaired', async () => {
    const { buyer, order: late } = await scene.buy({ outcome: 'FAILED' });
    await scene.end(await upgrade(scene.run, buyer), { outcome: 'COMPLETED' });
    await scene.end(late, { outcome: 'COMPLETED' });
    await scene.marketplace.damage.user(buyer);
    const { exitCode, stdout } = await repair(late.transactionId);
    expect(stdout).toContain(published);
    expect(stdout).toMatch(/user +pro, active/);
    expect(stdout).toContain('owed back');
    expect(exitCode).toBe(1);
  });
});

it('replays only this order’s letters', async () => {
  const [mine, theirs] = [await buyWithRefusedMail(scene), await buyWithRefusedMail(scene)];
  expect((await repair(mine.order.transactionId)).exitCode).toBe(0);
  await scene.run.idle();
  expect(await scene.marketplace.welcomeMails(theirs.buyer)).toBe(0);
  expect((await repair(theirs.order.transactionId)).exitCode).toBe(0);
});
