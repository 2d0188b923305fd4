import { expect, test } from 'vitest';
import { benchmarkNames } from '../benchmarks.ts';
import { readArguments } from './read-arguments.ts';

test('without flags everything is measured in full and printed as a table', () => {
  expect(readArguments([])).toEqual({
    json: false,
    quick: false,
    help: false,
    only: [...benchmarkNames],
  });
});

test('flags reach it through pnpm as well', () => {
  expect(readArguments(['--', '--quick', '--json', '--only', 'effects'])).toMatchObject({
    quick: true,
    json: true,
    only: ['effects'],
  });
});

test('an unknown benchmark or flag is refused with what there is', () => {
  expect(() => readArguments(['--only', 'weather'])).toThrow('webhook, cold-start');
  expect(() => readArguments(['--fast'])).toThrow('--fast');
});
