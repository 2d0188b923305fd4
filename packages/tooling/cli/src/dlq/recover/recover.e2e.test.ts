import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventToPublish } from '@cloudnestle/contracts/event';
import { everythingDone } from '@cloudnestle/dev/testing/test-marketplace';
import { readOrder } from '@cloudnestle/payments/order';
import {
  sampleCatalogue,
  sampleCompleted,
  sampleInitiated,
  sampleRefunded,
} from '@cloudnestle/test-kit/samples';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { refund } from '../../payment/testing/damage.ts';
import { type Purchase, type Scene, startScene } from '../../payment/testing/scene.ts';
import { createMailroom, type Mailroom, toBody } from '../../testing/dead-letters.ts';
import { runPayments } from '../../testing/run-payments.ts';

let scene: Scene;
let mailroom: Mailroom;
let bus: EventBridgeClient;

beforeAll(async () => {
  scene = await startScene();
  mailroom = createMailroom(scene.run);
  bus = new EventBridgeClient({});
});
afterEach(async () => {
  scene.run.cloud?.intercept(undefined);
  const { queues } = scene.run.provisioned;
  await Promise.all(Object.values(queues).map((each) => mailroom.takeAll(each.deadLetterUrl)));
});
afterAll(async () => {
  bus?.destroy();
  mailroom?.stop();
  await scene?.stop();
});

const payments = (...args: string[]) => runPayments(scene.run, args);
const recover = (...args: string[]) => payments('dlq', 'recover', 'reconciliation', ...args);

/** What a replay of the bus's archive does: the same events once more, to every rule. */
async function replayArchive(...events: EventToPublish[]): Promise<void> {
  const { name, source } = scene.run.topology.bus;
  const answer = await bus.send(
    new PutEventsCommand({
      Entries: events.map(({ detailType, detail }) => ({
        EventBusName: name,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  expect(answer.FailedEntryCount).toBe(0);
  await scene.run.idle();
}

async function orderOf({ order }: Purchase) {
  const read = readOrder((await scene.row(order.transactionId)) ?? {}, sampleCatalogue);
  if (read.kind !== 'order') throw new Error(read.reason);
  return read.order;
}

const loseRow = ({ order: { transactionId } }: Purchase) =>
  scene.remove('transactions', { transactionId });

async function replayLetters(): Promise<void> {
  for (const queue of ['reconciliation', 'tiers', 'entitlements', 'notifications']) {
    await payments('dlq', 'replay', queue, '--yes', '--watch', '0');
  }
  await scene.run.idle();
}

it('brings back orders that a restored table has lost, as they were and without a second mail', async () => {
  const [paid, unheard] = [await scene.buy(), await scene.open()];
  const [paidOrder, unheardOrder] = [await orderOf(paid), await orderOf(unheard)];
  await Promise.all([loseRow(paid), loseRow(unheard)]);
  // Paid at the gateway while our table did not know the order: no webhook of it could be taken.
  await scene.end(unheard.order, { outcome: 'COMPLETED', webhook: 'lose' });
  await replayArchive(sampleCompleted(paidOrder), sampleInitiated(unheardOrder));

  const tried = await recover('--dry-run', '--json');
  expect(tried.exitCode).toBe(1);
  expect(JSON.parse(tried.stdout)).toMatchObject({ lost: [paid.order.transactionId], written: [] });
  expect(await scene.row(paid.order.transactionId)).toBeUndefined();

  const { exitCode, stdout, stderr } = await recover();
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(new RegExp(`${paid.order.transactionId} +│ written, PENDING`));
  expect(stderr).toMatch(/^account .* stage local .*\nWrite 1 lost rows/);
  expect(stderr).toMatch(/"action":"dlq recover".*"written":1/);
  expect((await payments('dlq', 'recover', 'notifications')).exitCode).toBe(0);

  expect((await payments('reconcile')).exitCode).toBe(0);
  await scene.run.idle();
  await replayLetters();
  for (const { buyer, order } of [paid, unheard]) {
    expect(await scene.marketplace.effectsOn(buyer, order.transactionId)).toEqual(everythingDone);
    expect(await scene.marketplace.welcomeMails(buyer)).toBe(1);
  }
  expect(await scene.row(paid.order.transactionId)).toMatchObject({
    userEmail: paid.buyer.email,
    createdAt: paidOrder.row.createdAt,
    dayShard: paidOrder.row.dayShard,
  });
});

it('has refunds count again once their letters are replayed', async () => {
  const purchase = await scene.buy();
  const order = await orderOf(purchase);
  await refund(scene, purchase.order);
  const { accessRevokedAt } = (await scene.row(purchase.order.transactionId)) ?? {};
  expect(accessRevokedAt).toBeDefined();
  await loseRow(purchase);
  const refundId = `R-${purchase.order.merchantOrderId}`.slice(0, 63);
  await replayArchive(sampleCompleted(order), sampleRefunded(order, { refundId }));
  await recover();
  await payments('reconcile');
  await scene.run.idle();
  await replayLetters();
  expect(await scene.row(purchase.order.transactionId)).toMatchObject({
    status: 'COMPLETED',
    accessRevokedAt: expect.any(String),
  });
});

it('never touches a row that is there, and says so where all are', async () => {
  const purchase = await scene.buy();
  const before = await scene.row(purchase.order.transactionId);
  const event = toBody(sampleCompleted(await orderOf(purchase)));
  const unfit = JSON.stringify({ ...JSON.parse(event), detail: {} });
  await mailroom.put(scene.run.provisioned.queues.reconciliation?.deadLetterUrl ?? '', [
    { body: event },
    { body: unfit },
  ]);
  const { exitCode, stdout } = await recover();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('1 have their row, 0 had none.');
  expect(stdout).toMatch(/1 +│ .*schema mismatch/);
  expect(stdout).toContain('Nothing was changed.');
  expect(await scene.row(purchase.order.transactionId)).toEqual(before);
});

it('writes a row once, although the answer to the write is lost', async () => {
  const purchase = await scene.buy();
  const order = await orderOf(purchase);
  await loseRow(purchase);
  await replayArchive(sampleCompleted(order));
  let lost = false;
  scene.run.cloud?.intercept(({ operation }) => {
    if (operation !== 'UpdateItem' || lost) return undefined;
    lost = true;
    return { when: 'after', reset: true };
  });
  const { exitCode, stdout } = await recover('--json');
  expect({ exitCode, lost }).toEqual({ exitCode: 0, lost: true });
  expect(JSON.parse(stdout)).toMatchObject({ written: [purchase.order.transactionId] });
});

it.each([
  [['nowhere'], 'There is no dead-letter queue "nowhere"'],
  [['reconciliation'], 'No dead letter of reconciliation matches. Nothing was changed.'],
  [['reconciliation', '--stage', 'production'], 'You mean the stage production'],
])('recover %j ends with words and status 1', async (args, words) => {
  const { exitCode, stdout, stderr } = await payments('dlq', 'recover', ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('"action"');
});
