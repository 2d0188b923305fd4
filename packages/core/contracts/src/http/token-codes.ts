import type { CodeFacts } from './error-codes.ts';
import type { QuotaExceededResponse, RefusedTokenResponse } from './validate-token.ts';

/** The codes of a refused token: they stand at the top of the body, where the live search app reads. */
export const tokenCodes = {
  QUOTA_EXCEEDED: {
    statuses: [429],
    when: "today's searches are used up",
    words: ['You have used all … searches of today.'],
    advice: 'offer what `upgrade` names, and say when searches come back (`resets_at`)',
  },
  UNKNOWN_TOKEN: {
    statuses: [403],
    when: 'no record of this solution has the token',
    words: ['This token is not known for this solution. Please register again to get a new one.'],
    advice: 'offer registration',
  },
  SUSPENDED: {
    statuses: [403],
    when: 'the account is suspended',
    words: ['This account is suspended. Please write to our support.'],
    advice: 'show it with the way to support',
  },
} as const satisfies Record<
  QuotaExceededResponse['code'] | RefusedTokenResponse['code'],
  CodeFacts
>;
