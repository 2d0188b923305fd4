import { expect, it } from 'vitest';
import { maskAddress, maskPersonal } from './mask.ts';

it.each([
  ['anna@example.com', 'a***@example.com'],
  ['a@b', 'a***@b'],
  ['"odd@name"@example.com', '"***@example.com'],
  ['@example.com', '***'],
  ['no address', '***'],
  ['', '***'],
])('masks %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});

it('masks every address and VPA however deep, and nothing else', () => {
  const event = {
    detail: {
      data: {
        userId: 'uuid-123',
        userEmail: 'anna@example.com',
        instrument: { mode: 'UPI', vpa: 'anna@paytm' },
        attempts: [{ vpa: 'bob@upi' }, { vpa: null }],
      },
    },
  };
  expect(maskPersonal(event)).toEqual({
    detail: {
      data: {
        userId: 'uuid-123',
        userEmail: 'a***@example.com',
        instrument: { mode: 'UPI', vpa: 'a***@paytm' },
        attempts: [{ vpa: 'b***@upi' }, { vpa: null }],
      },
    },
  });
});
