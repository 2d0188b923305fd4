import { isAllDone, type ReplayResult } from '@cloudnestle/operations/letters/replay-and-watch';
import { expect, it } from 'vitest';
import { formatDiscard } from '../discard/run.ts';
import { formatReplay } from './run.ts';

const result: ReplayResult = {
  counts: {
    moved: 4,
    notSent: 0,
    notDeleted: 0,
    stampCut: 0,
    failedAgain: 0,
    cameMeanwhile: 0,
    cannotSucceed: 0,
    noDestination: 0,
  },
  hidden: 0,
  stamp: { replayedBy: 'user/anna', replayedAt: '2026-01-31T10:00:00.000Z' },
  watched: undefined,
};

it('is not all done where another client held letters to the end, and says so', () => {
  expect(isAllDone(result)).toBe(true);
  expect(formatReplay('tiers', result)).not.toContain('hidden');
  expect(isAllDone({ ...result, hidden: 56 })).toBe(false);
  const words = '56 letters are hidden at the moment, another client holds them: run it again.';
  expect(formatReplay('tiers', { ...result, hidden: 56 })).toContain(words);
  const discarded = { discarded: 1, notDeleted: 0, hidden: 56, unseen: 0 };
  expect(formatDiscard('tiers', 'x.jsonl', discarded)).toContain(words);
});
