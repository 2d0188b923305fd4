import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addFilterOptions, type FilterOptions, parseSince, toFilter } from './options.ts';

describe('the filters', () => {
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
});

describe('parseSince', () => {
  const now = new Date('2026-01-31T12:00:00.000Z');

  it.each([
    ['90s', '2026-01-31T11:58:30.000Z'],
    ['30m', '2026-01-31T11:30:00.000Z'],
    ['2h', '2026-01-31T10:00:00.000Z'],
    ['3d', '2026-01-28T12:00:00.000Z'],
    [' 2h ', '2026-01-31T10:00:00.000Z'],
    ['0s', '2026-01-31T12:00:00.000Z'],
    // A day begins in India.
    ['2026-01-31', '2026-01-30T18:30:00.000Z'],
    ['2026-01-31T10:00Z', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00.250Z', '2026-01-31T10:00:00.250Z'],
    ['2026-01-31T15:30:00+05:30', '2026-01-31T10:00:00.000Z'],
  ])('reads %s', (text, moment) => {
    expect(parseSince(text, now).toISOString()).toBe(moment);
  });

  it.each([
    '',
    'yesterday',
    '2',
    '2 h',
    '-2h',
    '2w',
    '1.5h',
    '99999999999999999999d',
    '2026-02-30',
    // Whose ten o'clock?
    '2026-01-31T10:00',
  ])('refuses %j in words', (text) => {
    expect(() => parseSince(text, now)).toThrow('a time is 90s, 30m, 2h, 3d (ago)');
  });
});
