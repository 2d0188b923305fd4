import { randomUUID } from 'node:crypto';
import type { LocalRun } from '@cloudnestle/dev/start';
import { buildSweep } from '@cloudnestle/reconciliation/sweep/composition';
import type { SweepSummary } from '@cloudnestle/reconciliation/sweep/run-sweep';
import { createCommandPlatform } from '../environment/create-platform.ts';
import {
  announceReturn,
  type Click,
  clickUpgrade,
  pay,
  readStatus,
  type Tell,
  tellHeading,
  tellTimeline,
  waitForAccess,
} from './story.ts';

/** Paid, but the webhook never came: nothing is believed, nothing is lost, and two nets find the payment. */
export async function lostWebhookStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '2. The webhook gets lost');
  const returning = await payUnheard(run, 'email-only-789', tell);
  tell('  The buyer comes back to the shop, which asks the gateway:');
  await announceReturn(run, returning);
  await tellEnd(run, returning, tell);

  const gone = await payUnheard(run, 'uuid-only-456', tell);
  tell('  Nobody comes back. A sweep over the open orders asks the gateway:');
  const { settled } = await sweep(run);
  tell(`  The sweep has settled ${settled} order.`);
  await tellEnd(run, gone, tell);
}

async function payUnheard(run: LocalRun, userId: string, tell: Tell): Promise<Click> {
  const click = await clickUpgrade(run, userId);
  pay(run, click, 'lose');
  await run.idle();
  const { status, access } = await readStatus(run, click);
  tell(`  ${userId} has paid at the gateway; here the order is ${status}, access ${access}.`);
  return click;
}

/** As `payments reconcile` does; by the clock it would come within a minute. */
function sweep(run: LocalRun): Promise<SweepSummary> {
  const sweepOnce = buildSweep(run.environmentOf('sweep'), createCommandPlatform());
  return sweepOnce({ runId: randomUUID(), timeoutMs: 30_000, scope: 'all' });
}

async function tellEnd(run: LocalRun, click: Click, tell: Tell): Promise<void> {
  await waitForAccess(run, click);
  await run.idle();
  tellTimeline(run, click, tell);
  const account = await run.readAccount(click.userId);
  tell(`  ${click.userId} is ${account?.tier}.`);
}
