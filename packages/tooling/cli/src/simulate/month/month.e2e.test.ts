import { analyticsResponseSchema } from '@cloudnestle/contracts/admin/analytics';
import type { LocalRun } from '@cloudnestle/dev/start';
import { startTestRun } from '@cloudnestle/dev/testing/start-test-run';
import { connectRevenue } from '@cloudnestle/operations/revenue/connect-revenue';
import { readRevenue } from '@cloudnestle/operations/revenue/read-revenue';
import { buildCatalogue, DEFAULT_SOLUTION_ID } from '@cloudnestle/payments/catalogue';
import { addMs } from '@cloudnestle/payments/clock';
import { istDay } from '@cloudnestle/payments/ist';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { runPayments } from '../../testing/run-payments.ts';
import { createSeededRandom } from '../burst/plan-payments.ts';
import { planMonth } from './plan-month.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startTestRun({ demoData: false });
});
afterAll(() => run?.stop());

const plans = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID }).plans;
const from = new Date('2026-11-28T06:30:00.000Z');

it('plans the same month for the same seed, all of its orders, and more of them in the evening', () => {
  const plan = (seed: number) => planMonth(2000, { from, plans, random: createSeededRandom(seed) });
  const month = plan(7);
  expect(month).toEqual(plan(7));
  expect(month).not.toEqual(plan(8));
  const payments = month.flatMap((step) => step.payments);
  expect(payments).toHaveLength(2000);
  expect(payments.filter(({ fate }) => fate === 'declined')).toHaveLength(120);
  expect(new Set(payments.map(({ plan: bought }) => bought?.planId)).size).toBe(plans.length);
  const ofPart = (part: number) =>
    month.filter((_, at) => at % 4 === part).flatMap((step) => step.payments).length;
  expect(ofPart(3)).toBeGreaterThan(ofPart(0) * 2);
});

const resultSchema = z.object({
  orders: z.int(),
  paid: z.int(),
  refunds: z.int(),
  from: z.iso.date(),
  to: z.iso.date(),
});

it('lets a month of real payments, failures and refunds pass, which the revenue then has', async () => {
  const args = ['simulate', 'month', '--orders', '24', '--seed', '3', '--yes', '--json'];
  const { stdout, stderr, exitCode } = await runPayments(run, args);
  expect(exitCode, stderr).toBe(0);
  const month = resultSchema.parse(JSON.parse(stdout));
  expect(month.orders).toBe(24);
  expect(addMs(new Date(month.from), 30 * 86_400_000).getTime()).toBeLessThanOrEqual(
    new Date(month.to).getTime(),
  );
  const deps = connectRevenue(run.environmentOf('revenue'), createCommandPlatform());
  const revenue = await readRevenue(deps.days, month);
  const { total, uncounted } = analyticsResponseSchema.omit({ success: true }).parse(revenue);
  expect(uncounted).toEqual([]);
  expect(total.clicks).toBe(24);
  // A lost webhook is found by the sweep of the next six hours.
  expect(total.clicksPaid).toBeGreaterThanOrEqual(month.paid);
  expect(total.clicksFailed).toBeGreaterThan(0);
  expect(total.refunds).toBe(month.refunds);
  expect(total.byPlan.length).toBeGreaterThan(1);
  expect(total.byMode.length).toBeGreaterThan(1);
  expect(istDay(new Date()) <= month.to).toBe(true);
});

it('is refused where the clock cannot be moved', async () => {
  const { connectClock } = await import('./run-clock.ts');
  await expect(connectClock('http://127.0.0.1:1')).rejects.toThrow('no clock that can be moved on');
});
