import { describe, expect, it } from 'vitest';
import type { Letter } from '../letter.ts';
import { type LetterFilter, matchesFilter } from '../letter-filter.ts';
import { aLetter, failedFor } from '../testing/letter.ts';
import { generaliseReason, startGrouping } from './group-letters.ts';

describe('startGrouping', () => {
  function group(letters: Letter[], filter: LetterFilter = {}) {
    const grouping = startGrouping('tiers', filter);
    letters.forEach(grouping.note);
    return grouping;
  }

  it('puts letters together that differ in ids and in case only', () => {
    const groups = group([
      failedFor('no user row b-1'),
      failedFor('No user row b-2'),
      failedFor('SES is down'),
    ]).groups();
    expect(groups.map(({ reason, count }) => [reason, count])).toEqual([
      ['no user row *', 2],
      ['SES is down', 1],
    ]);
  });

  it('says what the letters of a group have been through', () => {
    const { failure } = aLetter();
    const [only] = group([
      aLetter({ failure: { ...failure, firstAt: '2026-01-30T00:00:00.000Z' } }),
      aLetter({ failure: { ...failure, lastAt: '2026-02-01T00:00:00.000Z', kind: 'permanent' } }),
      aLetter({ replay: { replayCount: '3' }, obstacle: 'schema mismatch of a@b.c' }),
      aLetter({ replay: { replayCount: '1' }, obstacle: 'schema mismatch of a@b.c' }),
      aLetter({ subscriber: undefined }),
    ]).groups();
    expect(only).toEqual({
      queue: 'tiers',
      reason: 'no user row *',
      count: 5,
      firstFailedAt: new Date('2026-01-30T00:00:00.000Z'),
      lastFailedAt: new Date('2026-02-01T00:00:00.000Z'),
      kinds: { exhausted: 4, permanent: 1 },
      cannotSucceed: 2,
      obstacles: ['schema mismatch of a***@b.c'],
      noDestination: 1,
      replayed: 2,
      mostReplays: 3,
    });
  });

  it('groups only what the filter means', () => {
    const grouping = group(
      [
        failedFor('no user row b-1'),
        failedFor('no user row b-2'),
        failedFor('no user row b-1', { event: { userId: 'bob' } }),
      ],
      { reason: 'b-1', user: 'anna' },
    );
    expect(grouping.groups()).toMatchObject([{ count: 1 }]);
  });
});

describe('generaliseReason', () => {
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
});
