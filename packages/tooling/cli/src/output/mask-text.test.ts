import { cpuSecondsOf } from '@cloudnestle/test-kit/cpu-seconds-of';
import { expect, it } from 'vitest';
import { maskText } from './mask-text.ts';

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
