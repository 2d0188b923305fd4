import { upgrade } from '@cloudnestle/dev/testing/buyer';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  buyWithRefusedMail,
  loseMail,
  recordKey,
  refund,
  writeUnknownOrder,
} from './testing/damage.ts';
import { type Scene, startScene } from './testing/scene.ts';
import { toStableScreen } from './testing/stable-screen.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.stop());

/** Looks at an order, compares the screen with the file of that name, and answers what the command ended with. */
async function look(name: string, transactionId: string): Promise<number> {
  const { exitCode, stdout, stderr } = await scene.payment(transactionId);
  expect(stderr).toBe('');
  await expect(toStableScreen(stdout)).toMatchFileSnapshot(`testing/screens/${name}.txt`);
  // A command is one line to paste, however long its order's id is.
  const lines = stdout.split('\n').filter((line) => !line.trimStart().startsWith('./payments '));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(stdout).not.toMatch(/buyer-\d+@|UTR +\d/);
  return exitCode;
}

describe('nothing is to be done about', () => {
  it('a healthy order', async () => {
    const { order } = await scene.buy();
    expect(await look('healthy', order.transactionId)).toBe(0);
  });

  it('an order that is not paid yet', async () => {
    const { order } = await scene.open();
    expect(await look('pending', order.transactionId)).toBe(0);
  });

  it('an order that was declined', async () => {
    const { order } = await scene.buy({ outcome: 'FAILED' });
    expect(await look('failed', order.transactionId)).toBe(0);
  });

  it('a buyer who has one entitlement record only', async () => {
    const { buyer, order } = await scene.open();
    await scene.remove('entitlements', recordKey(buyer.email));
    await scene.end(order, { outcome: 'COMPLETED' });
    expect(await look('one-record', order.transactionId)).toBe(0);
  });

  it('an order that PhonePe does not know while it can still be paid', async () => {
    const transactionId = await writeUnknownOrder(scene, { madeMinutesAgo: 5 });
    expect(await look('unknown-payable', transactionId)).toBe(0);
  });

  it('an order that another one has taken the place of', async () => {
    const transactionId = await writeUnknownOrder(scene, { madeMinutesAgo: 5 });
    const { redirectUrl, phonepeOrderId, ...row } = (await scene.row(transactionId)) ?? {};
    const supersededBy = 'txn_MP-buyer-10-1795547651-theone';
    await scene.marketplace.put('transactions', { ...row, supersededBy });
    expect(await look('superseded', transactionId)).toBe(0);
  });

  it('an order whose money went back', async () => {
    const { order } = await scene.buy();
    await refund(scene, order);
    expect(await look('refunded', order.transactionId)).toBe(0);
  });

  it('an order whose effects are on their way', async () => {
    const { order } = await scene.open();
    await scene.run.pollers.tiers.pause();
    await scene.end(order, { outcome: 'COMPLETED' });
    onTestFinished(() => scene.run.pollers.tiers.resume());
    expect(await look('on-its-way', order.transactionId)).toBe(0);
  });
});

describe('one command repairs', () => {
  it('a paid order whose buyer’s tier is missing', async () => {
    const { buyer, order } = await scene.buy();
    await scene.marketplace.damage.user(buyer);
    expect(await look('tier-missing', order.transactionId)).toBe(1);
  });

  it('a paid order of which one record is behind', async () => {
    const { buyer, order } = await scene.buy();
    await scene.marketplace.damage.record(buyer.email);
    expect(await look('record-behind', order.transactionId)).toBe(1);
  });

  it('a paid order whose mail is stuck', async () => {
    const { order } = await buyWithRefusedMail(scene);
    expect(await look('mail-stuck', order.transactionId)).toBe(1);
    await scene.marketplace.deadLetters('notifications', 'discard');
  });

  it('a paid order whose mail was never sent, without a letter', async () => {
    const { order } = await buyWithRefusedMail(scene);
    await scene.marketplace.deadLetters('notifications', 'discard');
    await makeOld(order.transactionId);
    expect(await look('mail-missing', order.transactionId)).toBe(1);
  });

  it('a payment whose webhook was lost', async () => {
    const { order } = await scene.buy({ outcome: 'COMPLETED', webhook: 'lose' });
    expect(await look('webhook-lost', order.transactionId)).toBe(1);
  });

  it('an order that PhonePe does not know and that can not be paid any more', async () => {
    const transactionId = await writeUnknownOrder(scene, { madeMinutesAgo: 45 });
    expect(await look('unknown-expired', transactionId)).toBe(1);
  });

  it('a mail of which it is unknown whether it was sent', async () => {
    const { order } = await scene.open();
    await loseMail(scene, () => scene.end(order, { outcome: 'COMPLETED' }));
    expect(await look('mail-unknown', order.transactionId)).toBe(1);
  });
});

describe('an operator has to decide', () => {
  it('what becomes of a payment whose user is gone', async () => {
    const { buyer, order } = await scene.open();
    await scene.remove('users', { userId: buyer.userId });
    await scene.end(order, { outcome: 'COMPLETED' });
    expect(await look('user-gone', order.transactionId)).toBe(1);
    await scene.marketplace.deadLetters('tiers', 'discard');
  });

  it('about the second payment of one who has paid twice, and only about that', async () => {
    const { buyer, order: late } = await scene.buy({ outcome: 'FAILED' });
    const order = await upgrade(scene.run, buyer);
    await scene.end(order, { outcome: 'COMPLETED' });
    await scene.end(late, { outcome: 'COMPLETED' });
    expect(await look('paid-twice-second', late.transactionId)).toBe(1);
    expect(await look('paid-twice-first', order.transactionId)).toBe(0);
    const { stdout } = await scene.payment(buyer.userId, '--json');
    expect(JSON.parse(stdout).order.transactionId).toBe(order.transactionId);
  });

  it('about a payment of another amount', async () => {
    const { order } = await scene.buy({ outcome: 'COMPLETED', amountInPaisa: 100 });
    expect(await look('mismatch', order.transactionId)).toBe(1);
  });
});

/** As if everything about the order had happened a while ago. */
async function makeOld(transactionId: string): Promise<void> {
  const row = await scene.row(transactionId);
  await scene.marketplace.put('transactions', { ...row, last_sync: '2026-01-01T00:00:00.000Z' });
}
