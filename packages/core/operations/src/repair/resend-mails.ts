import { type MailKind, mailKindSchema } from '@cloudnestle/contracts/items/notification';
import { printable } from '@cloudnestle/contracts/printable';
import { describeMail } from '../mails/mail-words.ts';
import { releaseUnknown } from '../mails/resend.ts';
import { OperatorError } from '../operator-error.ts';
import { collectStory } from '../story/collect-story.ts';
import type { Sources } from '../story/sources.ts';
import { contentOf, type OrderStory } from '../story/story.ts';
import { isDeadClaim, objectTo } from '../verdict/judge-mails.ts';
import { PROGRAM } from '../words/program-name.ts';
import { type Ended, publishAgain, type RepairJob, waitForStory } from './publish-and-wait.ts';

/**
 * Has every mail of the order sent again of which it is unknown whether it was sent, once the operator has said so: it is
 * released by a conditional write, and its event published again. Throws an `OperatorError` where there is none.
 */
export async function resendMails(job: RepairJob, story: OrderStory): Promise<Ended> {
  const { sources, signal, makeChange } = job;
  const { transactionId } = story.order.row;
  const kinds = expectMails(story).map(({ kind }) => kind);
  const names = kinds.map(describeMail).join(' and the ');
  const counts = { released: 0, published: 0 };
  const change = {
    what: `Send the ${names} of ${transactionId} again. SES may have taken it before: it may arrive twice.`,
    asks: true,
    action: 'payment resend-mail',
    target: { transactionId, mails: kinds.join(' ') },
    counts,
  };
  const sent = await makeChange(change, async () => {
    // Asking took its time: the gateway and the tables are asked anew.
    const { queues, others } = story;
    const fresh = await collectStory(sources, transactionId, { signal, known: { queues, others } });
    const mails = expectMails(fresh);
    const startedAt = new Date();
    const done: string[] = [];
    for (const mail of mails) done.push(await resend(sources, fresh, mail, counts));
    return { fresh, mails, startedAt, done };
  });
  const isAtWork = counts.published > 0;
  const isDone = (current: OrderStory) =>
    !isAtWork || sent.mails.every((mail) => isOver(current, mail));
  const end = await waitForStory(job, sent.fresh, { isDone, publishedAt: sent.startedAt });
  return { story: end, done: sent.done };
}

function expectMails(story: OrderStory): UnknownMail[] {
  const { mails, reasons } = planResend(story);
  if (mails.length > 0) return mails;
  throw new OperatorError(`${printable(reasons.join(' '))} Nothing was changed.`);
}

async function resend(
  sources: Sources,
  story: OrderStory,
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
      `sends it. Try: ${PROGRAM} payment ${transactionId} --repair`
    );
  }
  counts.published += 1;
  return `The ${describeMail(kind)} was released, and its event published again.`;
}

function isOver({ mails }: OrderStory, { kind }: UnknownMail): boolean {
  const state = contentOf(mails)?.[kind]?.state;
  return state !== undefined && state !== 'sending';
}

/** A mail that may be sent again, and since when it is unknown whether it was sent. */
interface UnknownMail {
  kind: MailKind;
  since: string;
}

interface ResendPlan {
  mails: UnknownMail[];
  /** Why other mails, or none, are sent again. */
  reasons: string[];
}

/** Which of an order's mails an operator may have sent again. Decides from the story alone. */
export function planResend(story: OrderStory): ResendPlan {
  if (story.mails.kind === 'unread') {
    return { mails: [], reasons: [`What was mailed could not be read: ${story.mails.why}.`] };
  }
  const item = contentOf(story.mails);
  const plan: ResendPlan = { mails: [], reasons: [] };
  for (const kind of mailKindSchema.options) {
    const state = item?.[kind];
    if (state?.state === 'sending' && isDeadClaim(state, story.lookedAt)) {
      plan.reasons.push(describeDeadClaim(story, kind));
    }
    if (state?.state !== 'unknown') continue;
    const objection = describeSilence(story, kind) ?? objectTo(story, kind);
    if (objection === undefined) plan.mails.push({ kind, since: state.since });
    else plan.reasons.push(`The ${describeMail(kind)} is not to be sent now: ${objection}.`);
  }
  const isNothing = plan.mails.length === 0 && plan.reasons.length === 0;
  return isNothing ? { mails: [], reasons: ['No mail of this order is unknown.'] } : plan;
}

function describeDeadClaim({ order }: OrderStory, kind: MailKind): string {
  return (
    `The ${describeMail(kind)} still belongs to a run that died. First have that noted: ` +
    `${PROGRAM} payment ${order.row.transactionId} --repair`
  );
}

/** The outcome that a mail tells of comes from the gateway. */
function describeSilence({ judgement }: OrderStory, kind: MailKind): string | undefined {
  return judgement.kind === 'gatewayUnavailable' && kind !== 'initiated'
    ? `PhonePe could not be asked (${judgement.reason})`
    : undefined;
}
