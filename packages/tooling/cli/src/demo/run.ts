import { randomUUID } from 'node:crypto';
import { type LocalRun, startLocalRun } from '@cloudnestle/dev/start';
import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import type { SweepSummary } from '@cloudnestle/operations/sweep/run-sweep';
import { createCommandPlatform } from '../environment/function-parts.ts';
import { passStory } from './pass-story.ts';
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
} from './steps.ts';

/** Starts a run of its own on free ports, tells four stories on it, and ends. Throws where a story ends wrongly. */
export async function runDemo(tell: Tell): Promise<void> {
  const run = await startLocalRun({
    retryScale: 0.01,
    webhookRetryDelaysMs: [200, 500, 1000],
    log: () => undefined,
    schedules: 'by hand',
  });
  try {
    await paidStory(run, tell);
    await lostWebhookStory(run, tell);
    await brokenMailStory(run, tell);
    // The last one: from then on the run's clock is months ahead of this machine's.
    await passStory(run, tell);
    tell('');
    tell('The end. `npm start` runs the same for you to click through.');
  } finally {
    await run.stop();
  }
}

/** The main job: a click, a payment, a webhook, one event, four effects, a mail. */
async function paidStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '1. A payment, from the click to Pro');
  const click = await clickUpgrade(run, 'test-uuid-123');
  pay(run, click, 'send');
  await waitForAccess(run, click);
  await run.idle();
  tellTimeline(run, click, tell);
  const account = await run.readAccount('test-uuid-123');
  tell(
    `  test-uuid-123 is ${account?.tier}; both entitlement records say so; the welcome mail is out.`,
  );
}

/** Paid, but the webhook never came: nothing is believed, nothing is lost, and two nets find the payment. */
async function lostWebhookStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '2. The webhook gets lost');
  const returning = await payUnheard(run, 'email-only-789', tell);
  tell('  The buyer comes back to the shop, which asks the gateway:');
  await announceReturn(run, returning);
  await tellEnd(run, returning, tell);

  const gone = await payUnheard(run, 'uuid-only-456', tell);
  tell('  The buyer does not come back. A sweep over the open orders asks the gateway:');
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

/** How often the mail service refuses before it is mended. */
const REFUSALS = 3;

/** The mail service is down: the other three are not touched, and the mail goes out once, later. */
async function brokenMailStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '3. The mail service is broken for a while');
  let refused = 0;
  run.cloud?.intercept((call) => {
    if (call.service !== 'ses' || refused >= REFUSALS) return undefined;
    refused += 1;
    return { when: 'before', status: 503, errorType: 'ServiceUnavailableException' };
  });
  const click = await clickUpgrade(run, 'no-record-000');
  pay(run, click, 'send');
  await waitForAccess(run, click);
  const account = await run.readAccount('no-record-000');
  tell(`  no-record-000 is ${account?.tier} although the mail service refuses.`);
  await run.idle();
  run.cloud?.intercept(undefined);
  tellTimeline(run, click, tell);
  const mails = (await run.cloud?.inbox.emails())?.filter((mail) => {
    return (
      mail.destination.to.includes('no-record@example.com') && mail.subject.includes('Welcome')
    );
  });
  tell(`  Refused ${refused} times; welcome mails sent in the end: ${mails?.length ?? 0}.`);
  if (mails?.length !== 1) throw new Error('the welcome mail should have gone out exactly once');
}
