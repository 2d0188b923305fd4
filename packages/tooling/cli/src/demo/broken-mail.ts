import type { LocalRun } from '@cloudnestle/dev/start';
import { clickUpgrade, pay, type Tell, tellHeading, tellTimeline, waitForAccess } from './story.ts';

/** How often the mail service refuses before it is mended. */
const REFUSALS = 3;

/** The mail service is down: the other three are not touched, and the mail goes out once, later. */
export async function brokenMailStory(run: LocalRun, tell: Tell): Promise<void> {
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
