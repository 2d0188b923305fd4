import type { LocalRun } from '@cloudnestle/dev/start';
import { clickUpgrade, pay, type Tell, tellHeading, tellTimeline, waitForAccess } from './steps.ts';

const BUYER = 'already-pro-111';
const PASS = { tier: 'enterprise', planId: 'enterprise-monthly' };

/** A pass: bought beside Pro, extended, reminded of, ended a month and another later, and bought again. */
export async function passStory(run: LocalRun, tell: Tell): Promise<void> {
  tellHeading(tell, '4. A pass: a month of Enterprise, and another one');
  const first = await buyPass(run);
  tellTimeline(run, first, tell);
  await tellTier(run, tell, 'The pass runs beside Pro');
  await buyPass(run);
  await tellTier(run, tell, 'Bought again, which extends it');
  await advance(run, '31d');
  await tellTier(run, tell, '31 days later the second month runs');
  const days = await advanceUntilReminded(run);
  await tellTier(run, tell, `${days} days later a reminder is out`);
  await advance(run, '4d');
  const tier = await tellTier(run, tell, 'Another 4 days later both months are over');
  if (tier !== 'pro') throw new Error(`after the pass ${BUYER} should be pro, and is ${tier}`);
  await buyPass(run);
  await tellTier(run, tell, 'Bought once more');
  const subjects = await readSubjects(run);
  tell('  The mails, each once:');
  for (const subject of subjects) tell(`    ${subject}`);
  const ended = subjects.filter((subject) => subject.includes('has ended'));
  if (ended.length !== 1) throw new Error('the mail about the end should have gone out once');
}

async function buyPass(run: LocalRun) {
  const click = await clickUpgrade(run, BUYER, PASS);
  pay(run, click, 'send');
  await waitForAccess(run, click);
  await run.idle();
  return click;
}

/** Moves the clock of everything in the run, which then does what it would have done meanwhile. */
async function advance(run: LocalRun, span: string): Promise<void> {
  const answer = await fetch(`${run.url}/dev/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: span }),
  });
  if (!answer.ok) throw new Error(`the clock answered with ${answer.status}`);
  await run.idle();
}

/** No second month has a reminder earlier, whatever months these are. */
const SURELY_EARLIER_DAYS = 23;

/** Months have different lengths: day by day in the end. */
async function advanceUntilReminded(run: LocalRun): Promise<number> {
  await advance(run, `${SURELY_EARLIER_DAYS}d`);
  for (let days = SURELY_EARLIER_DAYS + 1; days <= 31; days += 1) {
    await advance(run, '1d');
    if ((await readSubjects(run)).some((subject) => subject.includes('ends on'))) return days;
  }
  throw new Error(`${BUYER} was not reminded`);
}

async function readSubjects(run: LocalRun): Promise<string[]> {
  const emails = (await run.cloud?.inbox.emails()) ?? [];
  return emails
    .filter(({ destination }) => destination.to.includes('already-pro@example.com'))
    .map(({ subject }) => subject);
}

async function tellTier(run: LocalRun, tell: Tell, what: string): Promise<string | undefined> {
  const account = await run.readAccount(BUYER);
  tell(`  ${what}: ${BUYER} is ${account?.tier}.`);
  return account?.tier;
}
