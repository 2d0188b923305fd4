import { cpuSecondsOf } from '@cloudnestle/test-kit/cpu-seconds-of';
import { describe, expect, it } from 'vitest';
import type { Letter } from './letter.ts';
import { type LetterFilter, matchesFilter, matchesReason } from './letter-filter.ts';

describe('matchesFilter', () => {
  const letter: Letter = {
    messageId: 'message-1',
    receiptHandle: 'handle',
    body: '{}',
    sentAt: new Date('2026-01-31T09:00:00Z'),
    event: {
      eventId: 'event-1',
      detailType: 'PaymentCompleted',
      transactionId: 'txn_MP-u-1-abc',
      merchantOrderId: 'MP-u-1-abc',
      userId: 'u',
      occurredAt: '2026-01-31T08:00:00.000Z',
    },
    failure: {
      kind: 'permanent',
      reason: 'no user row u (1+1)',
      lastAt: '2026-01-31T10:00:00.000Z',
    },
    replay: {},
    attributes: {},
    foreign: {},
    subscriber: 'tiers',
    obstacle: undefined,
  };
  const moved: Letter = { ...letter, failure: { kind: 'moved', reason: 'no reason' } };

  it.each<[LetterFilter, boolean]>([
    [{}, true],
    [{ type: 'PaymentCompleted' }, true],
    [{ type: 'PaymentFailed' }, false],
    [{ order: 'txn_MP-u-1-abc' }, true],
    [{ order: 'MP-u-1-abc' }, true],
    [{ order: 'MP-u-1' }, false],
    [{ user: 'u' }, true],
    [{ user: 'U' }, false],
    [{ id: 'message-1' }, true],
    [{ id: 'event-1' }, true],
    [{ id: 'event' }, false],
    [{ reason: 'NO USER' }, true],
    [{ reason: 'no * row *' }, true],
    [{ reason: 'no user row u (1+1)' }, true],
    [{ reason: 'no user row u (11)' }, false],
    [{ reason: '.*' }, false],
    [{ since: new Date('2026-01-31T10:00:00Z') }, true],
    [{ since: new Date('2026-01-31T10:00:01Z') }, false],
    [{ user: 'u', type: 'PaymentFailed' }, false],
  ])('of %j a letter is meant: %s', (filter, isMeant) => {
    expect(matchesFilter(letter, filter)).toBe(isMeant);
  });

  it('goes by when it was sent where nobody wrote down a failure', () => {
    expect(matchesFilter(moved, { since: new Date('2026-01-31T09:00:00Z') })).toBe(true);
    expect(matchesFilter(moved, { since: new Date('2026-01-31T09:00:01Z') })).toBe(false);
  });
});

describe('matchesReason', () => {
  const reason = 'schema mismatch in PaymentCompleted: data.plan, data.x';

  it.each([
    ['schema', true],
    ['SCHEMA MISMATCH', true],
    ['data.plan', true],
    ['^schema*data.plan', true],
    ['^schema*data.plan$', false],
    ['^schema*data.x$', true],
    ['^data', false],
    ['^data*', false],
    ['^*data.x$', true],
    ['data.x*$', true],
    ['*', true],
    ['^$', false],
    ['^', true],
    ['^.*', false],
    ['d.t', false],
    ['plan*plan', false],
  ])('%s: %s', (wanted, isMeant) => {
    expect(matchesReason(reason, wanted)).toBe(isMeant);
  });

  it('means what the same regular expression means', () => {
    const letters = ['a', 'b', 'A', ' ', '*'];
    const random = (most: number) =>
      Array.from(
        { length: Math.floor(Math.random() * most) },
        () => letters[Math.floor(Math.random() * 5)],
      ).join('');
    for (let round = 0; round < 20_000; round += 1) {
      const text = random(8).replaceAll('*', 'c');
      const [start, middle, end] = [round % 2 ? '^' : '', random(5), round % 3 ? '$' : ''];
      const pattern = `${start}${middle.split('*').map(RegExp.escape).join('.*')}${end}`;
      const wanted = `${start}${middle}${end}`;
      expect(matchesReason(text, wanted), `${text} ~ ${wanted}`).toBe(
        new RegExp(pattern, 'is').test(text),
      );
    }
  });

  it('does not take for ever over many *', () => {
    const seconds = cpuSecondsOf(() => {
      expect(matchesReason('a'.repeat(100_000), `${'*a'.repeat(1000)}*b`)).toBe(false);
    });
    expect(seconds).toBeLessThan(20);
  });
});
