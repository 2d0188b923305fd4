import { expect, it } from 'vitest';
import { formatShown, type Shown } from './format-shown.ts';

const shown: Shown = {
  queue: 'tiers',
  matched: 45,
  hidden: 0,
  isCut: true,
  isWhollySeen: true,
  letters: [],
};
const format = (difference: Partial<Shown>) =>
  formatShown({ ...shown, ...difference }, { isWhole: false });

it('says what --limit cut, and only of a queue that was not wholly seen that there may be more', () => {
  expect(format({})).toContain('0 of 45 letters of tiers (--limit 45 shows all).');
  expect(format({})).not.toContain('more than could be looked at');
  expect(format({ isWhollySeen: false })).toContain('There are more than could be looked at');
});
