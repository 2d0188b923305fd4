import {
  type MailKind,
  type MailState,
  mailKindSchema,
} from '@cloudnestle/contracts/items/notification';
import { findFunction } from '@cloudnestle/topology/functions';
import { describeMail, describeObjection } from '../mails/mail-words.ts';
import { findObjection } from '../mails/resend.ts';
import { contentOf, type OrderStory } from '../story/story.ts';
import { countOnTheWay, type Finding, isContested, isUserGone } from './finding.ts';
import { goesBack } from './judge-letters.ts';

/** Whether the buyer has heard of it. */
export function judgeMails(story: OrderStory): Finding[] {
  if (story.mails.kind === 'unread') return [];
  const item = story.mails.value;
  const found = mailKindSchema.options.flatMap((kind) => {
    const state = item?.[kind];
    return state ? judgeState(story, kind, state) : [];
  });
  const due = findDue(story);
  return due === undefined || item?.[due] ? found : [...found, ...judgeMissing(story, due)];
}

/** Whether the mail would go out if it were free; in words why not. */
export function objectTo(story: OrderStory, kind: MailKind): string | undefined {
  if (kind === 'ending' || kind === 'ended') return 'an end is told at its time, and no later';
  if (kind === 'refunded') return 'a refund is told by its own event';
  const event = story.mailEvents[kind];
  if (isContested(story)) return 'PhonePe says otherwise';
  if (isUserGone(story)) return 'the user is gone';
  if (event === undefined) return "PhonePe's answer does not ask for it";
  const facts = { order: story.order.row, item: contentOf(story.mails), now: story.lookedAt };
  const why = findObjection(event, facts);
  return why && describeObjection(why);
}

function judgeState(story: OrderStory, kind: MailKind, state: MailState): Finding[] {
  const mail = describeMail(kind);
  if (state.state === 'sending') {
    if (!isDeadClaim(state, story.lookedAt)) {
      return [{ need: 'moment', text: `The ${mail} is being sent.` }];
    }
    const text =
      `The ${mail} was being sent when the function died, at ${state.claimedAt}: it is unknown whether it went out. ` +
      '--repair has that noted, after which --resend-mail can send it again.';
    return objectTo(story, kind) === undefined ? [{ need: 'publish', text }] : [];
  }
  if (state.state !== 'unknown') return [];
  const text = `It is unknown whether the ${mail} was sent (${state.why}, ${state.since}).`;
  const objection = objectTo(story, kind);
  return objection === undefined
    ? [{ need: 'resend', text: `${text} SES may have taken it: sent again, it may arrive twice.` }]
    : [{ text: `${text} It is not to be sent now: ${objection}.` }];
}

/** The mail that must have been sent or skipped by now. The first one is a courtesy. */
function findDue({ order }: OrderStory): MailKind | undefined {
  const { status, completedAt, failedAt, accessRevokedAt } = order.row;
  // Rows of the replaced system have no such time, and their buyers had its mails.
  if (status === 'COMPLETED' && completedAt && accessRevokedAt === undefined) return 'welcome';
  return status === 'FAILED' && failedAt ? 'failed' : undefined;
}

function judgeMissing(story: OrderStory, kind: MailKind): Finding[] {
  const mail = describeMail(kind);
  if (objectTo(story, kind) !== undefined || isDeadLettered(story, kind)) return [];
  return countOnTheWay(story, 'notifications') === undefined
    ? [{ need: 'publish', text: `The ${mail} was never sent, and nothing waits to send it.` }]
    : [{ need: 'moment', text: `The ${mail} is still to be sent: messages are on their way.` }];
}

/** A letter that does not go back sends nothing. */
function isDeadLettered(story: OrderStory, kind: MailKind): boolean {
  return story.queues.dead.some(({ found }) =>
    contentOf(found)?.letters.some(
      (letter) =>
        letter.subscriber === 'notifications' &&
        letter.event.detailType === story.mailEvents[kind]?.detailType &&
        goesBack(story, letter),
    ),
  );
}

const FUNCTION_TIMEOUT_MS = findFunction('notifications').timeoutSeconds * 1000;

/** Whether a mail's claimant cannot be alive any more: its function's time is over. */
export function isDeadClaim(
  { claimedAt }: Extract<MailState, { state: 'sending' }>,
  now: Date,
): boolean {
  return now.getTime() - new Date(claimedAt).getTime() >= FUNCTION_TIMEOUT_MS;
}
