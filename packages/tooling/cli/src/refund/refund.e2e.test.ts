import { invoiceDocumentSchema } from '@cloudnestle/contracts/items/invoice';
import type { LocalRun } from '@cloudnestle/dev/start';
import { finish, postJson, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import {
  createTestMarketplace,
  type TestMarketplace,
} from '@cloudnestle/dev/testing/test-marketplace';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import { istDay } from '@cloudnestle/payments/ist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

let run: LocalRun;
let floor: TestMarketplace;

beforeAll(async () => {
  run = await startTestRun({ demoData: false, retryScale: 0 });
  floor = createTestMarketplace(run);
});
afterAll(async () => {
  floor?.stop();
  await run?.stop();
});

const refund = (...args: string[]) => runPayments(run, ['refund', ...args]);

async function pay() {
  const order = await upgrade(run, await floor.addBuyer());
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  return order.transactionId;
}

/** Two orders of one buyer, both paid; the second one is owed back. */
async function payTwice() {
  const buyer = await floor.addBuyer();
  const late = await upgrade(run, buyer);
  await finish(run, late, { outcome: 'FAILED' });
  await run.idle();
  const kept = await upgrade(run, buyer);
  for (const order of [kept, late]) {
    await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
    await run.idle();
  }
  return { owed: late.transactionId, kept: kept.transactionId };
}

/** Both sweeps run, and what is due by then is seen to. */
async function advance(span: string) {
  expect((await postJson(`${run.url}/dev/clock`, { advance: span })).status).toBe(200);
  await run.idle();
}

const chargedTwice = async (transactionId: string) =>
  readAttention((await floor.get('transactions', { transactionId })) ?? {}).some(
    ({ reason }) => reason === 'CHARGED_TWICE',
  );

/** The order's invoice was taken back by one credit note for each refund, to the paisa, and the books are closed. */
async function expectCreditNotes(transactionId: string, refunds: Record<string, number>) {
  const documentOf = async (sk: string) =>
    invoiceDocumentSchema.parse(
      (await floor.get('invoices', { pk: `order#${transactionId}`, sk }))?.document,
    );
  const invoice = await documentOf('INVOICE#1');
  const notes = await Promise.all(Object.keys(refunds).map((id) => documentOf(`CREDIT#1#${id}`)));
  expect(notes.map((note) => note.totalInPaisa)).toEqual(Object.values(refunds));
  for (const note of notes) {
    expect(note.credits).toMatchObject({ number: invoice.number });
    const shown = await runPayments(run, ['invoice', note.number]);
    expect(shown.stdout).toContain(`number         ${note.number}`);
  }
  for (const part of ['taxableInPaisa', 'cgstInPaisa', 'sgstInPaisa'] as const) {
    expect(notes.reduce((sum, { tax }) => sum + tax[part], 0)).toBe(invoice.tax[part]);
  }
  const days = ['--from', istDay(new Date()), '--to', istDay(new Date(Date.now() + 86_400_000))];
  const books = await runPayments(run, ['invoices', ...days, '--check']);
  expect(books.exitCode, books.stdout).toBe(0);
  expect(books.stdout).toContain('3 documents, invoiced ₹299.00, credited ₹299.00.');
}

it('pays a part back and then the rest, each with a credit note, tells where each stands, and the story shows it', async () => {
  const id = await pay();
  const part = await refund(
    id,
    '--amount',
    '100.00',
    '--reason',
    'service-failure',
    '--note',
    'case 4711',
    '--yes',
  );
  expect(part.exitCode, part.stderr).toBe(0);
  expect(part.stdout).toContain(`₹100 of ${id} is set aside`);
  const trace = JSON.parse(part.stderr.split('\n').find((line) => line.startsWith('{')) ?? '');
  expect(trace).toMatchObject({
    action: 'refund',
    target: {
      transactionId: id,
      amountInPaisa: 10_000,
      reason: 'SERVICE_FAILURE',
      note: 'case 4711',
    },
    counts: { asked: 1 },
  });
  const story = await runPayments(run, ['payment', id]);
  expect(story.stdout).toMatch(/refund +₹100, /);
  await run.idle();
  await advance('2m');
  await advance('2m');

  const rest = await refund(
    id,
    '--reason',
    'BUYER_REQUEST',
    '--key',
    'the-rest-4711',
    '--yes',
    '--json',
  );
  const { refundId } = JSON.parse(rest.stdout);
  const again = await refund(
    id,
    '--reason',
    'BUYER_REQUEST',
    '--key',
    'the-rest-4711',
    '--yes',
    '--json',
  );
  expect(JSON.parse(again.stdout)).toMatchObject({ refundId, amountInPaisa: 19_900 });
  await run.idle();
  await advance('2m');
  await advance('2m');
  const one = await refund('status', refundId);
  expect(one.stdout).toMatch(/state +COMPLETED/);
  const all = JSON.parse((await refund('status', id, '--json')).stdout);
  expect(all.refunds).toMatchObject([
    { amountInPaisa: 10_000, state: 'COMPLETED', requestedBy: 'root', note: 'case 4711' },
    { refundId, amountInPaisa: 19_900, state: 'COMPLETED' },
  ]);
  await expectCreditNotes(id, { [all.refunds[0].refundId]: 100_00, [refundId]: 199_00 });
  const nothing = await refund(id, '--reason', 'OTHER', '--yes');
  expect(nothing.exitCode).toBe(1);
  expect(nothing.stderr).toContain('cannot be refunded (NOTHING_LEFT)');
});

it('lists what was paid twice with its age, leaves out what is disputed, and pays the rest back after one question', async () => {
  const disputed = await payTwice();
  const row = await floor.get('transactions', { transactionId: disputed.kept });
  const since = '2026-01-31T10:00:00.000Z';
  const open = { state: 'OPEN', since, at: since, gatewayState: 'OPEN' };
  await floor.put('transactions', { ...row, disputes: { D1: open } });
  const first = await payTwice();
  const second = await payTwice();

  const seen = await refund('--owed', '--dry-run');
  expect(seen.exitCode, seen.stderr).toBe(0);
  expect(seen.stdout).toMatch(/3 orders paid twice, ₹897 owed/);
  for (const { owed, kept } of [disputed, first, second]) {
    expect(seen.stdout).toMatch(new RegExp(`${owed}  ₹299, for \\d+`));
    expect(seen.stdout).toContain(`the buyer keeps ${kept}`);
  }
  expect(seen.stdout).toContain(`left out: a dispute of the order that the buyer keeps`);

  const unasked = await refund('--owed');
  expect(unasked.exitCode).toBe(1);
  expect(unasked.stderr).toContain('There is no terminal to ask at: add --yes');

  const one = JSON.parse((await refund('--owed', '--max', '1', '--yes', '--json')).stdout);
  expect(one.owed.filter((each: { result?: unknown }) => each.result)).toMatchObject([
    { transactionId: first.owed, result: { kind: 'asked', amountInPaisa: 29_900 } },
  ]);
  const all = await refund('--owed', '--yes');
  expect(all.exitCode, all.stderr).toBe(0);
  expect(all.stdout).toContain(`${second.owed}: ₹299 asked back, refund MR-`);
  await run.idle();
  await advance('2m');
  await advance('2m');
  expect(await Promise.all([first, second].map(({ owed }) => chargedTwice(owed)))).toEqual([
    false,
    false,
  ]);
  expect(await chargedTwice(disputed.owed)).toBe(true);
  for (const { kept } of [first, second]) {
    expect(await floor.get('transactions', { transactionId: kept })).not.toHaveProperty(
      'accessRevokedAt',
    );
  }
});

describe('bad use', () => {
  it.each([
    [[], 'Name an order, or --owed.'],
    [['txn_MP-a-1-aaaaaa'], '--reason is missing: one of DUPLICATE'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'gift'], 'a reason is one of DUPLICATE'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--amount', '1.005'], 'an amount is rupees'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--amount', '0.00'], 'an amount is rupees'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--key', 'short'], '--key must be 8 to 128'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--note', 'a@example.com'], '--note is kept'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--dry-run'], 'go with --owed'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER'], 'There is no terminal to ask at'],
    [['txn_MP-a-1-aaaaaa', '--reason', 'OTHER', '--yes'], 'There is no order txn_MP-a-1-aaaaaa'],
    [['--owed', '--reason', 'OTHER'], 'takes no order'],
    [['status', 'MR-unknown'], 'neither a refund nor an order'],
  ])('refund %j ends with words and status 1', async (args, words) => {
    const { exitCode, stdout, stderr } = await refund(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(words);
  });
});
