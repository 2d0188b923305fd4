import { expect, it } from 'vitest';
import { matchesFilter } from '../../../letters/letter-filter.ts';
import { failedFor } from '../testing/letter.ts';
import { generaliseReason } from './generalise-reason.ts';

const event = { userId: 'anna', transactionId: 'txn_MP-anna-1732356000-abc123', eventId: 'evt' };

it.each([
  ['no user row buyer-12', 'no user row *'],
  // An id without a digit is one that the letter itself names.
  ['no user row anna', 'no user row *'],
  ['annabel is no id of this letter', 'annabel is no id of this letter'],
  ['no transaction row txn_MP-anna-1732356000-abc123', 'no transaction row *'],
  ['SES refused a.b@example.com, and x@paytm', 'SES refused *, and *'],
  ['SES refused [address] with [token], utr [number]', 'SES refused * with *, utr *'],
  ['Error: connect ECONNREFUSED 127.0.0.1:4566', 'Error: connect ECONNREFUSED *'],
  ['not done within 9000 ms', 'not done within * ms'],
  [
    'schema mismatch in PaymentCompleted: data.plan, data.x',
    'schema mismatch in PaymentCompleted: data.plan, data.x',
  ],
  ['schema mismatch in X: items.0.a, items.1.b', 'schema mismatch in X: items.*.a, items.*.b'],
  ["it's 'quoted' $HOME `id` \\ \"x\"", "it's 'quoted' $HOME `id` \\ \"x\""],
  ['\u001b[31mred\u009b alert', '*[* alert'],
  ['first line 1\nsecond line', 'first line *'],
  ['1 a 2 b 3 c 4 d 5 e 6 f', '* a * b * c *'],
  ['\n', '*'],
])('makes of %j what letters have in common: %j', (reason, general) => {
  expect(generaliseReason(reason, event)).toBe(general);
});

it('always means the letter that it was made from', () => {
  const pieces = [
    'no',
    'anna',
    'b-1',
    ' ',
    ' ',
    '*',
    'a@b.c',
    '[token]',
    "'",
    '.',
    '\\',
    '\n',
    '\u2028',
    '\u0007',
    '१२',
    '😀',
    '\ud800',
    '(',
    '^',
    '$',
    '+',
  ];
  for (let round = 0; round < 3000; round += 1) {
    const length = Math.floor(Math.random() * 24);
    const reason = Array.from(
      { length },
      () => pieces[Math.floor(Math.random() * pieces.length)],
    ).join('');
    const general = generaliseReason(reason, event);
    expect(matchesFilter(failedFor(reason), { reason: general }), JSON.stringify(reason)).toBe(
      true,
    );
    expect(general).toBe(general.trim());
    expect(general).not.toMatch(/^$|[\p{Cc}\p{Cf}\p{Cs}]|@b/u);
  }
});
