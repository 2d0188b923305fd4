import { cpuSecondsOf } from '@cloudnestle/test-kit/cpu-seconds-of';
import { expect, it } from 'vitest';
import { matchesReason } from './matches-reason.ts';

const reason = 'schema mismatch in PaymentCompleted: data.plan, data.x';

it.each([
  ['schema', true],
  ['SCHEMA MISMATCH', true],
  ['data.plan', true],
  ['^schema*data.plan', true],
  ['^schema*data.plan$', false],
  ['^schema*data.x$', true],
  ['^data', false],
  ['^data*', false],
  ['^*data.x$', true],
  ['data.x*$', true],
  ['*', true],
  ['^$', false],
  ['^', true],
  ['^.*', false],
  ['d.t', false],
  ['plan*plan', false],
])('%s: %s', (wanted, isMeant) => {
  expect(matchesReason(reason, wanted)).toBe(isMeant);
});

it('means what the same regular expression means', () => {
  const letters = ['a', 'b', 'A', ' ', '*'];
  const random = (most: number) =>
    Array.from(
      { length: Math.floor(Math.random() * most) },
      () => letters[Math.floor(Math.random() * 5)],
    ).join('');
  for (let round = 0; round < 20_000; round += 1) {
    const text = random(8).replaceAll('*', 'c');
    const [start, middle, end] = [round % 2 ? '^' : '', random(5), round % 3 ? '$' : ''];
    const pattern = `${start}${middle.split('*').map(RegExp.escape).join('.*')}${end}`;
    const wanted = `${start}${middle}${end}`;
    expect(matchesReason(text, wanted), `${text} ~ ${wanted}`).toBe(
      new RegExp(pattern, 'is').test(text),
    );
  }
});

it('does not take for ever over many *', () => {
  const seconds = cpuSecondsOf(() => {
    expect(matchesReason('a'.repeat(100_000), `${'*a'.repeat(1000)}*b`)).toBe(false);
  });
  expect(seconds).toBeLessThan(20);
});
