import { tierName } from './account.js';
import { formatAmount } from './money.js';

/** Arguments and views: search-view.d.ts. */
export function viewBefore(account, isSignedIn) {
  if (!isSignedIn) return { kind: 'signedOut', count: 'Sign in to search.' };
  if (!account) return { kind: 'waiting', count: '' };
  if (account.token) return { kind: 'ready', count: '' };
  return {
    kind: 'noToken',
    count: 'No token yet',
    words:
      'Searching needs an account with a token, and this one has none. Paying for Pro makes one.',
  };
}

/** Arguments and views: search-view.d.ts. */
export function viewAfter(answer, timeZone) {
  if (answer.kind === 'unreachable') return unavailable('The search cannot be reached right now.');
  const { status, body } = answer;
  if (status === 200 && body?.allowed === true) {
    return { kind: 'allowed', count: countWords(body.quota_remaining) };
  }
  if (status === 429 && body?.code === 'QUOTA_EXCEEDED') return exhausted(body, timeZone);
  if (status === 429) return unavailable('Many people are searching right now.');
  if (status === 403 && body?.message) {
    return { kind: 'refused', count: '', words: body.message };
  }
  return unavailable('The search does not work right now.');
}

function exhausted({ message, resets_at, upgrade }, timeZone) {
  return {
    kind: 'exhausted',
    count: countWords(0),
    words: message,
    resets: `You can search again on ${dayAndTime(new Date(resets_at), timeZone)}.`,
    offer: upgrade ? offerWords(upgrade) : undefined,
  };
}

function offerWords({ tier, plan_id, plan_name, daily_limit, amount_in_paisa, currency }) {
  return {
    tier,
    planId: plan_id,
    words: `${tierName(tier)} has ${daily_limit === -1 ? 'unlimited searches' : `${daily_limit} searches a day`}.`,
    label: `Upgrade to ${plan_name} – ${formatAmount(amount_in_paisa, currency)}`,
  };
}

function unavailable(reason) {
  return { kind: 'unavailable', words: `${reason} Please try again in a moment.` };
}

/** -1 is unlimited. */
function countWords(remaining) {
  if (remaining === -1) return 'Unlimited searches';
  if (remaining === 0) return 'No searches left today';
  return remaining === 1 ? '1 search left today' : `${remaining} searches left today`;
}

/** `Tuesday at 5:30 am`. */
function dayAndTime(date, timeZone) {
  const write = (parts) => new Intl.DateTimeFormat('en-IN', { ...parts, timeZone }).format(date);
  return `${write({ weekday: 'long' })} at ${write({ hour: 'numeric', minute: '2-digit' })}`;
}
