import type { LocalRun } from '@cloudnestle/dev/start';
import { clickUpgrade, pay, type Tell, tellHeading, tellTimeline, waitForAccess } from './story.ts';

/** The main job: a click, a payment, a webhook, one event, four effects, a mail. */
export async function paidStory(run: LocalRun, tell: Tell): Promise<void> {
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
