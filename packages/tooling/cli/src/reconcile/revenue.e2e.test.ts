import { postJson } from '@cloudnestle/dev/testing/buyer';
import { connectRevenue } from '@cloudnestle/operations/revenue/connect-revenue';
import { readRevenue } from '@cloudnestle/operations/revenue/read-revenue';
import { recountDay } from '@cloudnestle/operations/revenue/recount-days';
import { addMs } from '@cloudnestle/payments/clock';
import { istDay } from '@cloudnestle/payments/ist';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { type Scene, startScene } from '../payment/testing/scene.ts';
import { runPayments } from '../testing/run-payments.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.stop());

const reportSchema = z.object({
  money: z.object({
    grossInPaisa: z.int(),
    refundedInPaisa: z.int(),
    netInPaisa: z.int(),
  }),
});
const refundsSchema = z.object({ refunds: z.array(z.object({ state: z.string() })) });
const clockSchema = z.object({ now: z.iso.datetime() });
const booksSchema = z.object({
  documents: z.array(z.object({ kind: z.string(), total: z.string() })),
});

async function readJson<Schema extends z.ZodType>(schema: Schema, ...args: string[]) {
  const { stdout, stderr } = await runPayments(scene.run, args);
  expect(stdout, stderr).not.toBe('');
  return schema.parse(JSON.parse(stdout));
}

const inPaisa = (rupees: string) => Math.round(Number(rupees) * 100);

it('the revenue of a day is what the report and the invoices say, to the paisa', async () => {
  const first = await scene.buy();
  await scene.buy();
  await scene.buy({ outcome: 'FAILED' });
  await scene.open();
  const { transactionId } = first.order;
  const refund = ['refund', transactionId, '--amount', '99.37', '--reason', 'BUYER_REQUEST'];
  const asked = await runPayments(scene.run, [...refund, '--yes']);
  expect(asked.exitCode, asked.stderr).toBe(0);
  // The refund may come after midnight in India.
  const day = istDay(new Date());
  const nextDay = istDay(addMs(new Date(), 86_400_000));
  const range = ['--from', day, '--to', nextDay];
  // The order's row may hear of the refund first: its minutes pass until its own row says so as well.
  await expect
    .poll(async () => {
      const { status } = await postJson(`${scene.run.url}/dev/clock`, { advance: '2m' });
      expect(status).toBe(200);
      await scene.run.idle();
      const { money } = await readJson(reportSchema, 'reconcile', ...range, '--json');
      const { refunds } = await readJson(
        refundsSchema,
        ...['refund', 'status', transactionId, '--json'],
      );
      return [money.refundedInPaisa, ...refunds.map(({ state }) => state)];
    })
    .toEqual([9_937, 'COMPLETED']);

  // By the run's clock, as its schedule counts: an earlier count never replaces a later one.
  const clock = await fetch(`${scene.run.url}/dev/clock`);
  const now = new Date(clockSchema.parse(await clock.json()).now);
  const platform = { ...createCommandPlatform(), now: () => now };
  const deps = connectRevenue(scene.run.environmentOf('revenue'), platform);
  for (const each of [day, nextDay, day]) await recountDay(deps, each);
  const { total } = await readRevenue(deps.days, { from: day, to: nextDay });
  const { money } = await readJson(reportSchema, 'reconcile', ...range, '--json');
  expect(total).toMatchObject({
    clicks: 4,
    clicksPaid: 2,
    clicksFailed: 1,
    clicksOpen: 1,
    clicksPaidInPaisa: money.grossInPaisa,
    grossInPaisa: money.grossInPaisa,
    refundsInPaisa: money.refundedInPaisa,
    netInPaisa: money.netInPaisa,
    owedInPaisa: 0,
    waits: { count: 2 },
  });
  expect(money).toMatchObject({ grossInPaisa: 59_800, refundedInPaisa: 9_937 });

  const { documents } = await readJson(booksSchema, 'invoices', ...range, '--report', 'json');
  const booked = documents.reduce(
    (sum, { kind, total: rupees }) =>
      sum + (kind === 'CREDIT_NOTE' ? -inPaisa(rupees) : inPaisa(rupees)),
    0,
  );
  expect(total.netInPaisa - total.owedInPaisa).toBe(booked);
});
