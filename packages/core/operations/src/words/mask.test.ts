import { cpuSecondsOf } from '@cloudnestle/test-kit/cpu-seconds-of';
import { describe, expect, it } from 'vitest';
import { createMask, maskAddress, maskPersonal, maskText } from './mask.ts';

describe('addresses', () => {
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
});

describe('personal data on a screen', () => {
  it('shows of an address its first letter and its host, and of a reference its end', () => {
    const mask = createMask(false);
    expect(mask.address('anna@okbank')).toBe('a***@okbank');
    expect(mask.reference('123456789012')).toBe('***9012');
  });

  it('shows nothing of a reference that is no longer than its end', () => {
    expect(createMask(false).reference('9012')).toBe('***');
  });

  it('shows everything to an operator who asks for it, and nothing where there is nothing', () => {
    expect(createMask(true).reference('123456789012')).toBe('123456789012');
    expect(createMask(true).address('anna@okbank')).toBe('anna@okbank');
    expect(createMask(false).address(undefined)).toBeUndefined();
  });
});

describe('text of a letter', () => {
  it.each([
    ['refused anna@example.com in US-EAST-1', 'refused a***@example.com in US-EAST-1'],
    ['payer user.name@paytm', 'payer u***@paytm'],
    ['assumed-role/operators/bob@corp.example', 'assumed-role/operators/b***@corp.example'],
    ['<anna@example.com>,"bob@x.y"', '<a***@example.com>,"b***@x.y"'],
    ['अनु@उदाहरण.भारत', 'अ***@उदाहरण.भारत'],
    ['https://pay.example/pgv3?id=1&token=secret', 'https://pay.example/pgv3?id=1&token=***'],
    ['?mail=anna%40example.com&x=1', '?mail=a***%40example.com&x=1'],
    [String.raw`{"to":"anna\u0040example.com"}`, String.raw`{"to":"a***\u0040example.com"}`],
    ['anna＠example.com', 'a***＠example.com'],
    ['an\ufeffna@example.com', 'a***@example.com'],
    ['header was O-Bearer abc.def-ghi', 'header was [token]'],
  ])('masks %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(maskText(masked)).toBe(masked);
  });

  it.each(['7f0c3a9e-0000-4000-8000-123456789012', 'txn_MP-uuid-123-1732356000-abc123', 'evt_1'])(
    'leaves the id %s whole',
    (id) => {
      expect(maskText(id)).toBe(id);
    },
  );

  it('does not take for ever over a long word', () => {
    const text = `${'x'.repeat(1_000_000)} anna@example.com`;
    expect(cpuSecondsOf(() => maskText(text))).toBeLessThan(20);
  });
});
