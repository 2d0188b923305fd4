import { type MailKind, mailKindSchema } from '@cloudnestle/contracts/items/notification';
import { describeMail } from '../mail-words.ts';
import { contentOf } from '../story/part.ts';
import type { Story } from '../story/story.ts';
import { isDeadClaim } from '../verdict/is-dead-claim.ts';
import { objectTo } from '../verdict/judge-mails.ts';

/** A mail that may be sent again, and since when nobody knows of it. */
export interface UnknownMail {
  kind: MailKind;
  since: string;
}

export interface ResendPlan {
  mails: UnknownMail[];
  /** Why other mails, or none, are sent again. */
  reasons: string[];
}

/** Which of an order's mails a person may have sent again. Decides from the story alone. */
export function planResend(story: Story): ResendPlan {
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

function describeDeadClaim({ order }: Story, kind: MailKind): string {
  return (
    `The ${describeMail(kind)} still belongs to a run that died. First have that noted: ` +
    `payments payment ${order.row.transactionId} --repair`
  );
}

/** The outcome that a mail tells of comes from the gateway. */
function describeSilence({ judgement }: Story, kind: MailKind): string | undefined {
  return judgement.kind === 'gatewayUnavailable' && kind !== 'initiated'
    ? `PhonePe could not be asked (${judgement.reason})`
    : undefined;
}
