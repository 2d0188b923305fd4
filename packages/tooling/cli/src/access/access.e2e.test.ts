import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import { waitFor } from '@cloudnestle/test-kit/wait-for';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let floor: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  floor = createTestMarketplace(run);
});
afterAll(async () => {
  floor?.stop();
  await run?.stop();
});

const access = (change: string, id: string, ...args: string[]) =>
  runPayments(run, ['access', change, id, ...args]);

it('ends what a paid order gives, in all three tables and among the paid ones, and gives it back', async () => {
  const buyer = await floor.addBuyer();
  const order = await upgrade(run, buyer);
  await finish(run, order, { outcome: 'COMPLETED' });
  const id = order.transactionId;
  const effects = () => floor.effectsOn(buyer, id);
  const holding = { tier: 'pro', status: 'COMPLETED', paid: 1 };
  await waitFor('the buyer to hold it', async () => {
    const { tier, status, paid } = await effects();
    return JSON.stringify({ tier, status, paid }) === JSON.stringify(holding);
  });
  const granted = await effects();

  const ended = await access('end', id, '--reason', 'shared the account', '--yes');
  expect(ended.exitCode, ended.stderr).toBe(0);
  expect(ended.stdout).toContain(`The access of ${id} has ended. It was published`);
  const trace = JSON.parse(ended.stderr.split('\n').find((line) => line.startsWith('{')) ?? '');
  expect(trace).toMatchObject({
    action: 'access end',
    target: { transactionId: id, reason: 'shared the account' },
    counts: { changed: 1, published: 1 },
  });
  await waitFor('all of it to be gone', async () => {
    const { tier, byId, byEmail, paid } = await effects();
    return tier === 'registered' && byId[0] === byEmail[0] && byId[0] === tier && paid === 0;
  });
  expect(await floor.get('transactions', { transactionId: id })).toMatchObject({
    accessEndReason: 'OPERATOR',
    accessWord: { what: 'ended', by: 'root', why: 'shared the account' },
  });
  const again = await access('end', id, '--reason', 'asked twice', '--yes', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ isOurs: false, isPublished: true });

  const restored = await access('restore', id, '--reason', 'a mistake', '--yes');
  expect(restored.exitCode, restored.stderr).toBe(0);
  expect(restored.stdout).toContain(`The access of ${id} is given back.`);
  await waitFor('all of it to be back', async () => {
    return JSON.stringify(await effects()) === JSON.stringify(granted);
  });
  const row = await floor.get('transactions', { transactionId: id });
  expect(row).not.toHaveProperty('accessRevokedAt');
  expect(row).toMatchObject({ openShard: expect.any(String), accessWord: { what: 'restored' } });
  const screen = await runPayments(run, ['payment', id]);
  expect(screen.stdout).toMatch(/operator on access +given back, .*, root, a mistake/);
});

it('changes nothing without consent, of an order that is not paid, and where there is nothing to give back', async () => {
  const pending = sampleRow();
  const paid = sampleRow({ status: 'COMPLETED', completedAt: '2025-11-23T09:10:00.000Z' });
  await floor.put('transactions', { ...pending });
  await floor.put('transactions', { ...paid });
  const id = paid.transactionId;
  const words = await Promise.all([
    access('end', id, '--reason', 'no consent'),
    access('end', pending.transactionId, '--reason', 'not paid', '--yes'),
    access('restore', id, '--reason', 'never ended', '--yes'),
    access('end', 'MP-unknown-1732356000-abc123', '--reason', 'no order', '--yes'),
    access('end', id, '--reason', '..', '--yes'),
    access('end', id, '--reason', 'told by anna@example.com', '--yes'),
  ]);
  expect(words.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1, 1, 1]);
  const said = [
    'There is no terminal to ask at: add --yes',
    'is PENDING, and gives nothing',
    'Nothing took the access',
    'There is no order',
    '--reason says what was done, in words',
    '--reason is kept: leave addresses',
  ];
  for (const [index, text] of said.entries()) expect(words[index]?.stderr).toContain(text);
  expect(await floor.get('transactions', { transactionId: id })).toEqual(paid);
});
