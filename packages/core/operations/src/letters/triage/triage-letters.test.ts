import { expect, it } from 'vitest';
import { failedFor } from '../testing/letter.ts';
import { startGrouping } from './group-letters.ts';
import { shortenGroups } from './triage-letters.ts';

/** `3` as a word: digits would be taken for something that differs. */
const word = (at: number) =>
  [...String(at)].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');

/** So many letters, each with a long reason of its own. */
function groupLong(count: number) {
  const grouping = startGrouping('tiers', {});
  for (let at = 0; at < count; at += 1) {
    grouping.note(failedFor(`${'the same long words. '.repeat(20)} ${word(at)}!`));
  }
  return grouping;
}

it('gives commands for the largest groups and counts the rest', async () => {
  const grouping = groupLong(3000);
  for (const _ of [1, 2]) grouping.note(failedFor('the largest'));
  const { groups, rest } = await shortenGroups([grouping], {}, new AbortController().signal);
  expect(groups).toHaveLength(100);
  expect(groups[0]).toMatchObject({ reason: 'the largest', count: 2 });
  expect(rest).toEqual({ groups: 2901, letters: 2901 });
});

it('hears an interruption', async () => {
  const interrupted = new AbortController();
  const work = shortenGroups([groupLong(300)], {}, interrupted.signal);
  setImmediate(() => interrupted.abort());
  await expect(work).rejects.toMatchObject({ isInterrupted: true });
});
