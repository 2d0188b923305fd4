import { printable } from '@cloudnestle/dev/terminal/printable';
import { releaseUnknown } from '@cloudnestle/notifications/operator-resend';
import { CliError } from '../../cli-error.ts';
import { logAction } from '../../operator/action-log.ts';
import { confirmChange } from '../../operator/confirm-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import type { Ended, PaymentJob } from '../job.ts';
import { describeMail } from '../mail-words.ts';
import { publishAgain } from '../repair/publish-again.ts';
import { waitForStory } from '../repair/wait-for-story.ts';
import { collectStory } from '../story/collect-story.ts';
import type { Sources } from '../story/connect-sources.ts';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import { planResend, type UnknownMail } from './plan-resend.ts';

/**
 * Has every mail of the order sent again of which nobody knows whether it was sent, once a person has said so: it is
 * released by a conditional write, and its event published again. Throws a `CliError` where there is none.
 */
export async function resendMails(job: PaymentJob, story: Story): Promise<Ended> {
  const { sources, consent, signal } = job;
  const { transactionId } = story.order.row;
  const names = expectMails(story).map(({ kind }) => describeMail(kind));
  const operator = await identifyOperator(sources.stage);
  const what = `Send the ${names.join(' and the ')} of ${transactionId} again. SES may have taken it before: it may arrive twice.`;
  await confirmChange(operator, { what, asks: true }, consent);

  // Asking took its time: the gateway and the tables are asked anew.
  const { queues, others } = story;
  const fresh = await collectStory(sources, transactionId, { signal, known: { queues, others } });
  const mails = expectMails(fresh);
  const startedAt = new Date();
  const counts = { released: 0, published: 0 };
  const done: string[] = [];
  try {
    for (const mail of mails) done.push(await resend(sources, fresh, mail, counts));
  } finally {
    const target = { transactionId, mails: mails.map(({ kind }) => kind).join(' ') };
    await logAction(operator, { action: 'payment resend-mail', target, counts });
  }
  const isAtWork = counts.published > 0;
  const isDone = (current: Story) => !isAtWork || mails.every((mail) => isOver(current, mail));
  const end = await waitForStory(sources, fresh, { isDone, publishedAt: startedAt, signal });
  return { story: end, done };
}

function expectMails(story: Story): UnknownMail[] {
  const { mails, reasons } = planResend(story);
  if (mails.length > 0) return mails;
  throw new CliError(`${printable(reasons.join(' '))} Nothing was changed.`);
}

async function resend(
  sources: Sources,
  story: Story,
  { kind, since }: UnknownMail,
  counts: { released: number; published: number },
): Promise<string> {
  const { transactionId } = story.order.row;
  const release = await releaseUnknown(sources.ledger, { transactionId, kind }, { since });
  if (release.kind === 'changed') {
    return `The ${describeMail(kind)} has changed meanwhile (${release.state.state}): it was left as it is.`;
  }
  counts.released += 1;
  const answer = await publishAgain(sources, story, kind);
  if (answer.kind === 'failed') {
    return (
      `The ${describeMail(kind)} is free now, and could not be published (${answer.reason}): the order's next event ` +
      `sends it. Try: payments payment ${transactionId} --repair`
    );
  }
  counts.published += 1;
  return `The ${describeMail(kind)} was released, and its event published again.`;
}

function isOver({ mails }: Story, { kind }: UnknownMail): boolean {
  const state = contentOf(mails)?.[kind]?.state;
  return state !== undefined && state !== 'sending';
}
