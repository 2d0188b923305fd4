import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addFilterOptions, type FilterOptions, toFilter } from './filter-options.ts';

function parse(...args: string[]) {
  const command = addFilterOptions(new Command('try'))
    .option('--yes')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(args, { from: 'user' });
  return toFilter(command.opts<FilterOptions>());
}

it('means what was given, and nothing else that the command takes', () => {
  const args = ['--type', 'PaymentFailed', '--order', ' txn_MP-1 \n', '--user', 'anna', '--yes'];
  expect(
    parse(...args, '--reason', 'no *', '--id', 'evt_1', '--since', '2026-01-31T10:00Z'),
  ).toEqual({
    type: 'PaymentFailed',
    order: 'txn_MP-1',
    user: 'anna',
    reason: 'no *',
    id: 'evt_1',
    since: new Date('2026-01-31T10:00:00.000Z'),
  });
});

it('means every letter where nothing is given', () => {
  expect(Object.values(parse()).filter((value) => value !== undefined)).toEqual([]);
});

it.each([
  [['--since', 'soon'], 'a time is 90s'],
  [['--type', 'PaymentLost'], 'an event is one of PaymentInitiated, PaymentCompleted'],
  [['--type', 'toString'], 'an event is one of'],
  [['--type', 'paymentfailed'], 'an event is one of'],
  [['--order', ' '], 'it is empty, which would mean every letter'],
  [['--user', ''], 'it is empty, which would mean every letter'],
  [['--reason', ''], 'it is empty, which would mean every letter'],
  [['--id', ''], 'it is empty, which would mean every letter'],
])('refuses %j in words', (args, words) => {
  expect(() => parse(...args)).toThrow(words);
});
