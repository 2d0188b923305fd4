import { localCredentials } from '@cloudnestle/dev/seed/local-credentials';
import type { LocalRun } from '@cloudnestle/dev/start';
import { sha256AuthorizationHeader } from '@cloudnestle/phonepe/webhook-signature';
import {
  type Click,
  clickUpgrade,
  pay,
  readStatus,
  type Tell,
  tellHeading,
  tellTimeline,
  waitForAccess,
} from './story.ts';

/** Paid, but the webhook never came: nothing is believed, nothing is lost, and a late delivery settles it. */
export async function lostWebhookStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '2. The webhook gets lost');
  const click = await clickUpgrade(run, 'email-only-789');
  pay(run, click, 'lose');
  await run.idle();
  const before = await readStatus(run, click);
  tell(`  Paid at the gateway; here the order is ${before.status}, access ${before.access}.`);
  tell('  The gateway delivers it again, late:');
  await deliverLate(run, click);
  await waitForAccess(run, click);
  await run.idle();
  tellTimeline(run, click, tell);
  const account = await run.readAccount('email-only-789');
  tell(`  email-only-789 is ${account?.tier}.`);
}

async function deliverLate(run: LocalRun, click: Click): Promise<void> {
  const [credentials] = localCredentials.webhookCredentials;
  if (!credentials) throw new Error('the local run has no webhook credentials');
  const signed = run.sandbox.signWebhook(click.merchantOrderId);
  const webhookRoute = run.topology.routes.find((route) => route.function === 'webhook');
  if (!signed || !webhookRoute) throw new Error('there is nothing to deliver');
  const answer = await fetch(`${run.url}${webhookRoute.path}`, {
    method: 'POST',
    headers: {
      ...signed.headers,
      authorization: sha256AuthorizationHeader(credentials.username, credentials.password),
    },
    body: signed.body,
  });
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`);
}
