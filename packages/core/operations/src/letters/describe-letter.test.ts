import { sampleCompleted, sampleOrder, sampleRow } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { readBody } from './describe-letter.ts';

it('masks addresses wherever they stand, and nothing else', () => {
  const body = {
    userId: 'anna',
    userEmail: 'anna@example.com',
    instrument: { vpa: 'anna@paytm', utr: '123456789012' },
    note: ['call anna@example.com', { 'anna@example.com': true }],
    amount: 29900,
  };
  expect(readBody(JSON.stringify(body), { reveal: false })).toEqual({
    userId: 'anna',
    userEmail: 'a***@example.com',
    instrument: { vpa: 'a***@paytm', utr: '123456789012' },
    note: ['call a***@example.com', { 'a***@example.com': true }],
    amount: 29900,
  });
  expect(readBody(JSON.stringify(body), { reveal: true })).toEqual(body);
});

it('leaves no address of a real event, and reveals all of it', () => {
  const text = JSON.stringify(sampleCompleted(sampleOrder(sampleRow({}))));
  const addresses = text.match(/[\w.]+@[\w.]+/g) ?? [];
  expect(addresses.length).toBeGreaterThan(0);
  const masked = JSON.stringify(readBody(text, { reveal: false }));
  for (const address of addresses) expect(masked).not.toContain(address);
  expect(JSON.stringify(readBody(text, { reveal: true }))).toBe(text);
});

it('takes what is no JSON for text, line by line, without addresses', () => {
  const text = '{not json\nto anna@éxample.com';
  expect(readBody(text, { reveal: false })).toBe('{not json\nto a***@éxample.com');
  expect(readBody(text, { reveal: true })).toBe(text);
});

it.each([5000, 100_000])('survives a body that is nested %d deep', (depth) => {
  const body = `${'['.repeat(depth)}"anna@example.com"${']'.repeat(depth)}`;
  for (const reveal of [true, false]) {
    const shown = JSON.stringify(readBody(body, { reveal }), undefined, 2);
    expect(shown.includes('anna@')).toBe(reveal);
  }
});
