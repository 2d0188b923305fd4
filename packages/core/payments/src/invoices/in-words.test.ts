import { expect, it } from 'vitest';
import { amountInWords } from './in-words.ts';

it.each([
  [0, 'Rupees Zero Only'],
  [29_900, 'Rupees Two Hundred Ninety-Nine Only'],
  [1_550, 'Rupees Fifteen and Fifty Paise Only'],
  [100_000, 'Rupees One Thousand Only'],
  [999_900, 'Rupees Nine Thousand Nine Hundred Ninety-Nine Only'],
  [
    1_234_567_890,
    'Rupees One Crore Twenty-Three Lakh Forty-Five Thousand Six Hundred Seventy-Eight and Ninety Paise Only',
  ],
])('spells %i paisa out', (amount, words) => {
  expect(amountInWords(amount)).toBe(words);
});
