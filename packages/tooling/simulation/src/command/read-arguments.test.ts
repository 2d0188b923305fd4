import { expect, it } from 'vitest';
import { readArguments } from './read-arguments.ts';

const read = (...args: string[]) => readArguments(args, () => 77);

it('draws a seed and does 20,000 payments where nothing is said', () => {
  expect(read()).toMatchObject({ seeds: [77], payments: 20_000, faults: 'heavy', buyers: 200 });
});

it('runs by the clock alone where only minutes are given', () => {
  expect(read('--minutes', '10')).toMatchObject({
    minutes: 10,
    payments: Number.POSITIVE_INFINITY,
  });
});

it('takes a seed as it is, 0 too', () => {
  expect(read('--seed', '0').seeds).toEqual([0]);
});

it.each([
  [['--seed', 'seven'], /--seed/],
  [['--payments', '0'], /--payments/],
  [['--faults', 'some'], /--faults/],
  [['--speed', '3'], /--speed/],
])('says what it does not understand: %j', (args, words) => {
  expect(() => read(...args)).toThrow(words);
});
