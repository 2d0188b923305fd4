import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finish, upgrade } from '@cloudnestle/dev/testing/buyer';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { createTestMarketplace } from '@cloudnestle/dev/testing/test-marketplace';
import { readText } from '@cloudnestle/invoice-pdf/testing/read-text';
import { istDay } from '@cloudnestle/payments/ist';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPayments } from '../testing/run-payments.ts';

type Run = Awaited<ReturnType<typeof startTestRun>>;
let run: Run;
let marketplace: ReturnType<typeof createTestMarketplace>;
let folder: string;
let transactionId: string;

beforeAll(async () => {
  run = await startTestRun({ demoData: false });
  marketplace = createTestMarketplace(run);
  folder = await mkdtemp(join(tmpdir(), 'invoices-'));
  const order = await upgrade(run, await marketplace.addBuyer());
  await finish(run, order, { outcome: 'COMPLETED', mode: 'UPI' });
  await run.idle();
  transactionId = order.transactionId;
});
afterAll(async () => {
  marketplace?.stop();
  await run?.stop();
  await rm(folder, { recursive: true, force: true });
});

const payments = (...args: string[]) => runPayments(run, args, { cwd: folder });
const range = () => {
  const today = istDay(new Date());
  return ['--from', today, '--to', today];
};

it('shows an invoice by its order or its number, masked, and writes its PDF', async () => {
  const byOrder = await payments('invoice', transactionId, '--json');
  expect(byOrder.exitCode).toBe(0);
  const { number, buyer } = JSON.parse(byOrder.stdout);
  expect(buyer.email).toMatch(/^b\*\*\*@/);
  const file = join(folder, 'invoice.pdf');
  const byNumber = await payments('invoice', number.toLowerCase(), '--pdf', 'invoice.pdf');
  expect(byNumber.stdout).toContain(`number         ${number}`);
  expect((await readText(await readFile(file))).text).toContain(`Tax Invoice ${number}`);
});

it('says in words that there is no such document', async () => {
  const { exitCode, stderr } = await payments('invoice', 'INV26-9999999');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('There is no document of INV26-9999999 on the stage local.');
});

it('prints the books of a day, checks them, and writes the tables of the return', async () => {
  const books = await payments('invoices', ...range(), '--check', '--gstr1', 'return');
  expect(books.exitCode).toBe(0);
  expect(books.stdout).toContain('local: 1 documents, invoiced ₹299.00, credited ₹0.00.');
  expect(books.stdout).toContain('assumed State');
  expect(books.stdout).toContain('Checked: nothing is wrong.');
  expect((await readdir(join(folder, 'return'))).toSorted()).toEqual(
    ['b2b', 'b2cl', 'b2cs', 'cdnr', 'cdnur', 'docs', 'hsn'].map((name) => `${name}.csv`),
  );
  expect(await readFile(join(folder, 'return', 'b2cs.csv'), 'utf8')).toContain(
    'OE,29-Karnataka,,18.00,253.38,0.00,',
  );
});

it('ends with status 1 where a number has no document', async () => {
  const key = { pk: `order#${transactionId}`, sk: 'INVOICE#1' };
  const item = await marketplace.get('invoices', key);
  const { document: _, ...unwritten } = item ?? {};
  await marketplace.put('invoices', unwritten);
  const { exitCode, stdout } = await payments('invoices', ...range(), '--check');
  await marketplace.put('invoices', item ?? {});
  expect(exitCode).toBe(1);
  expect(stdout).toContain('without document');
});
