import { expect, it } from 'vitest';
import { describeAge } from './words.ts';

it.each([
  [-5000, '0 s'],
  [0, '0 s'],
  [12_345, '12 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [3 * 86_400_000 + 4 * 3_600_000 + 59_000, '3 d 4 h'],
  [86_400_000 + 60_000, '1 d'],
])('says %d ms as %s', (ageMs, words) => {
  expect(describeAge(ageMs)).toBe(words);
});
