import { expect, it } from 'vitest';
import { formatRupees, paisaToRupees } from './money.ts';

it('shows paisa as the rupees people read', () => {
  expect(paisaToRupees(29_900)).toBe(299);
  expect(formatRupees(29_900)).toBe('₹299');
  expect(formatRupees(29_950)).toBe('₹299.50');
  expect(formatRupees(29_905)).toBe('₹299.05');
  expect(formatRupees(12_345_600)).toBe('₹1,23,456');
});
