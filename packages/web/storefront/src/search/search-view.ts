import type {
  AllowedResponse,
  QuotaExceededResponse,
  RefusedTokenResponse,
} from '@cloudnestle/contracts/http/validate-token';
import { formatAmount } from '@cloudnestle/upgrade';
import { type Account, nameTier } from '../account/account.ts';

/** What one call of `POST /api/validate-solution-token` brought. */
export type Answer =
  | { kind: 'answered'; status: number; body: unknown }
  /** No answer, or none that can be read. */
  | { kind: 'unreachable' };

/** `count`: what the page says of the searches left; where it is missing, the page keeps what it said. */
export type View =
  | { kind: 'signedOut' | 'waiting' | 'ready'; count: string }
  | { kind: 'noToken'; count: string; words: string }
  | { kind: 'allowed'; count: string }
  | {
      kind: 'exhausted';
      count: string;
      words: string;
      /** When searches come back, in the reader's own time. */
      resets: string;
      /** Undefined where nothing on sale has more. */
      offer: { words: string; label: string; planId: string } | undefined;
    }
  | { kind: 'refused'; count: string; words: string }
  | { kind: 'unavailable'; words: string };

/** What to show before anything was asked. No account although a user is signed in: it is being read. */
export function viewBefore(account: Account | undefined, isSignedIn: boolean): View {
  if (!isSignedIn) return { kind: 'signedOut', count: 'Sign in to search.' };
  if (!account) return { kind: 'waiting', count: '' };
  if (account.token) return { kind: 'ready', count: '' };
  return {
    kind: 'noToken',
    count: 'No token yet',
    words:
      'Searching needs an account with a token, and this one has none. Buying a plan makes one.',
  };
}

/**
 * What to show for an answer. Only a 200 that says so lets the user search; whatever is not understood is something to try
 * again. `timeZone`: default the browser's.
 */
export function viewAfter(answer: Answer, timeZone?: string): View {
  if (answer.kind === 'unreachable') return unavailable('The search cannot be reached right now.');
  const { status } = answer;
  const body = readBody(answer.body);
  if (status === 200 && body.allowed === true && body.quota_remaining !== undefined) {
    return { kind: 'allowed', count: countWords(body.quota_remaining) };
  }
  if (status === 429 && body.code === 'QUOTA_EXCEEDED' && body.resets_at !== undefined) {
    return exhausted(body, body.resets_at, timeZone);
  }
  if (status === 429) return unavailable('Many people are searching right now.');
  if (status === 403 && body.message) {
    return { kind: 'refused', count: '', words: body.message };
  }
  return unavailable('The search does not work right now.');
}

type Body = Partial<
  Pick<AllowedResponse | QuotaExceededResponse, 'allowed' | 'quota_remaining'> &
    Pick<QuotaExceededResponse, 'resets_at' | 'upgrade'> & {
      code: QuotaExceededResponse['code'] | RefusedTokenResponse['code'];
      message: string;
    }
>;

function readBody(body: unknown): Body {
  return typeof body === 'object' && body !== null ? body : {};
}

function exhausted({ message = '', upgrade }: Body, resetsAt: string, timeZone?: string): View {
  return {
    kind: 'exhausted',
    count: countWords(0),
    words: message,
    resets: `You can search again on ${dayAndTime(new Date(resetsAt), timeZone)}.`,
    offer: upgrade ? offerWords(upgrade) : undefined,
  };
}

function offerWords(offer: NonNullable<QuotaExceededResponse['upgrade']>) {
  const { tier, plan_id, plan_name, daily_limit, amount_in_paisa } = offer;
  return {
    planId: plan_id,
    words: `${nameTier(tier)} has ${daily_limit === -1 ? 'unlimited searches' : `${daily_limit} searches a day`}.`,
    label: `Upgrade to ${plan_name} – ${formatAmount(amount_in_paisa, 'INR')}`,
  };
}

function unavailable(reason: string): View {
  return { kind: 'unavailable', words: `${reason} Please try again in a moment.` };
}

/** -1 is unlimited. */
function countWords(remaining: number): string {
  if (remaining === -1) return 'Unlimited searches';
  if (remaining === 0) return 'No searches left today';
  return remaining === 1 ? '1 search left today' : `${remaining} searches left today`;
}

/** `Tuesday at 5:30 am`. */
function dayAndTime(date: Date, timeZone: string | undefined): string {
  const write = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-IN', { ...parts, ...(timeZone ? { timeZone } : {}) }).format(date);
  return `${write({ weekday: 'long' })} at ${write({ hour: 'numeric', minute: '2-digit' })}`;
}
