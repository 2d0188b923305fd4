import { expect, it } from 'vitest';
import type { Letter } from '../../../letters/letter.ts';
import type { LetterFilter } from '../../../letters/letter-filter.ts';
import { aLetter, failedFor } from '../testing/letter.ts';
import { startGrouping } from './group-letters.ts';

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
