import { expect, it } from 'vitest';
import { createMask } from './mask.ts';

it('shows of an address its first letter and its host, and of a reference its end', () => {
  const mask = createMask(false);
  expect(mask.address('anna@okbank')).toBe('a***@okbank');
  expect(mask.reference('123456789012')).toBe('***9012');
});

it('shows nothing of a reference that is no longer than its end', () => {
  expect(createMask(false).reference('9012')).toBe('***');
});

it('shows everything to whoever asks for it, and nothing where there is nothing', () => {
  expect(createMask(true).reference('123456789012')).toBe('123456789012');
  expect(createMask(true).address('anna@okbank')).toBe('anna@okbank');
  expect(createMask(false).address(undefined)).toBeUndefined();
});
