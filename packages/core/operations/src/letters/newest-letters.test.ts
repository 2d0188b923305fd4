import { expect, it } from 'vitest';
import { collectNewest } from './newest-letters.ts';
import { aLetter } from './testing/letter.ts';

const failedAt = (second: number) =>
  aLetter({
    messageId: `message-${second}`,
    failure: {
      kind: 'permanent',
      reason: 'x',
      lastAt: new Date(Date.UTC(2026, 0, 31, 10, 0, second)).toISOString(),
    },
  });

it('keeps the newest failures whatever order they come in, and counts all', () => {
  const newest = collectNewest(3);
  for (const second of [5, 1, 9, 2, 8, 3, 7, 0, 6, 4]) newest.add(failedAt(second));
  expect(newest.letters().map(({ messageId }) => messageId)).toEqual([
    'message-9',
    'message-8',
    'message-7',
  ]);
  expect(newest.matched()).toBe(10);
});

it('takes a letter without a handler’s word at the time it was sent', () => {
  const newest = collectNewest(1);
  newest.add(failedAt(5));
  const moved = aLetter({
    messageId: 'moved',
    sentAt: new Date('2026-02-01T00:00:00.000Z'),
    failure: { kind: 'moved', reason: 'no reason' },
  });
  newest.add(moved);
  expect(newest.letters()).toEqual([moved]);
});
