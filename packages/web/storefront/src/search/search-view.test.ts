import type {
  AllowedResponse,
  QuotaExceededResponse,
  RefusedTokenResponse,
} from '@cloudnestle/contracts/http/validate-token';
import { describe, expect, it } from 'vitest';
import type { Account } from '../account/account.ts';
import { viewAfter, viewBefore } from './search-view.ts';

const account: Account = {
  userId: 'buyer-1',
  email: 'buyer@example.com',
  tier: 'registered',
  quota: { dailyQuota: 10, usedToday: 4 },
  entitlements: [],
};

const holder = {
  user_email: account.email,
  access_tier: 'registered',
  user: { email: account.email, tier: 'registered' },
  solution_id: 'aws-solution-finder',
};

const allowed = (remaining: number): AllowedResponse => ({
  success: true,
  allowed: true,
  ...holder,
  quota_remaining: remaining,
  quota: { daily_limit: 10, daily_used: 10 - remaining },
});

const exhausted: QuotaExceededResponse = {
  success: false,
  allowed: false,
  error: 'You have used all 10 searches of today.',
  message: 'You have used all 10 searches of today.',
  code: 'QUOTA_EXCEEDED',
  ...holder,
  quota_remaining: 0,
  quota: { daily_limit: 10, daily_used: 10 },
  resets_at: '2025-11-24T00:00:00.000Z',
  upgrade: {
    tier: 'pro',
    plan_id: 'pro-one-time',
    plan_name: 'Pro',
    amount_in_paisa: 29_900,
    currency: 'INR',
    daily_limit: -1,
    upgrade_path: '/payments/upgrade-to-pro',
  },
};

const refused = (code: RefusedTokenResponse['code'], words: string): RefusedTokenResponse => ({
  success: false,
  allowed: false,
  error: words,
  message: words,
  code,
  solution_id: holder.solution_id,
});

const answered = (status: number, body: unknown) =>
  viewAfter({ kind: 'answered', status, body }, 'Asia/Kolkata');

describe('the search box, before it has asked', () => {
  it('is for the user who is signed in', () => {
    expect(viewBefore(undefined, false)).toEqual({
      kind: 'signedOut',
      count: 'Sign in to search.',
    });
  });

  it('says nothing while the account is read, and nothing of a count it does not know', () => {
    expect(viewBefore(undefined, true)).toEqual({ kind: 'waiting', count: '' });
    expect(viewBefore({ ...account, token: 'tok_1' }, true)).toEqual({ kind: 'ready', count: '' });
  });

  it('says how an account without a token comes to one', () => {
    expect(viewBefore(account, true)).toMatchObject({
      kind: 'noToken',
      words: expect.stringMatching(/token.*plan makes one/),
    });
  });
});

describe('the search box, after an answer', () => {
  it.each([
    [6, '6 searches left today'],
    [1, '1 search left today'],
    [0, 'No searches left today'],
    [-1, 'Unlimited searches'],
  ])('of %i searches left says "%s"', (remaining, count) => {
    expect(answered(200, allowed(remaining))).toEqual({ kind: 'allowed', count });
  });

  it('at zero says when searches come back, in the buyer’s own time, and what Pro costs', () => {
    const view = answered(429, exhausted);
    expect(view).toMatchObject({
      kind: 'exhausted',
      count: 'No searches left today',
      words: 'You have used all 10 searches of today.',
      resets: expect.stringMatching(/^You can search again on Monday at 5:30\sam\.$/),
      offer: { label: 'Upgrade to Pro – ₹299', planId: 'pro-one-time' },
    });
    expect(JSON.stringify(view)).toContain('Pro has unlimited searches');
  });

  it('at zero offers what a limited plan has, and nothing where nothing is on sale', () => {
    const more = exhausted.upgrade && { ...exhausted.upgrade, daily_limit: 50 };
    expect(answered(429, { ...exhausted, upgrade: more })).toMatchObject({
      offer: { words: expect.stringContaining('50 searches a day') },
    });
    expect(answered(429, { ...exhausted, upgrade: null })).toMatchObject({ offer: undefined });
  });

  it.each([
    refused('UNKNOWN_TOKEN', 'This token is not known. Please register again.'),
    refused('SUSPENDED', 'This account is suspended. Please write to our support.'),
  ])('repeats the API’s words where a token is refused', (body) => {
    expect(answered(403, body)).toEqual({ kind: 'refused', count: '', words: body.message });
  });

  it.each([
    ['the API is busy', 503, { success: false, message: 'x', error: { code: 'TRY_AGAIN' } }],
    ['the route is throttled', 429, { message: 'Too Many Requests' }],
    ['something is broken', 500, { success: false, message: 'x' }],
    ['another server answers 403', 403, { Message: 'Forbidden' }],
    ['a 200 does not allow anything', 200, { success: true }],
    ['a body is none', 200, null],
  ])(
    'asks to try again, lets no buyer search and keeps the count where %s',
    (_what, status, body) => {
      const view = answered(status, body);
      expect(view).toEqual({
        kind: 'unavailable',
        words: expect.stringContaining('Please try again in a moment.'),
      });
    },
  );

  it('asks to try again without a network', () => {
    expect(viewAfter({ kind: 'unreachable' })).toMatchObject({
      kind: 'unavailable',
      words: expect.stringContaining('Please try again in a moment.'),
    });
  });
});
