import type { Letter } from '@cloudnestle/operations/letters/letter';
import { type LetterFilter, matchesFilter } from '@cloudnestle/operations/letters/letter-filter';
import { aLetter, failedFor } from '@cloudnestle/operations/letters/testing/letter';
import { startGrouping } from '@cloudnestle/operations/letters/triage/group-letters';
import { suggestCommands } from '@cloudnestle/operations/letters/triage/suggest-commands';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addFilterOptions, type FilterOptions, toFilter } from '../options.ts';
import { paste } from '../testing/paste.ts';

function suggest(letters: readonly Letter[], filter: LetterFilter = {}) {
  const grouping = startGrouping('tiers', filter);
  letters.forEach(grouping.note);
  return grouping.groups().map((group) => ({
    ...group,
    ...suggestCommands(group, filter, grouping.reasons()),
  }));
}

/** The letters that a pasted command means. */
function meantBy(command: string, letters: readonly Letter[]): Letter[] {
  const [dlq, , queue, ...options] = paste(command);
  expect([dlq, queue]).toEqual(['dlq', 'tiers']);
  const parser = addFilterOptions(new Command()).exitOverride();
  parser.parse(options, { from: 'user' });
  const filter = toFilter(parser.opts<FilterOptions>());
  return letters.filter((letter) => matchesFilter(letter, filter));
}

const letters = [
  failedFor('no user row b-1'),
  failedFor('no user row b-2'),
  failedFor('it\'s down; $(touch /tmp/x) `id` "$HOME" \\ !x'),
  failedFor('--yes'),
  failedFor('-5 attempts'),
  failedFor('refused\u001b]0;title\u0007 by a@b.c'),
  failedFor('first\u2028second'),
  failedFor('x & y | z > /dev/null # not'),
  failedFor('अनु ने मना किया'),
];

it('gives each group commands that a shell hands on to mean that group and nothing else', () => {
  const groups = suggest(letters);
  expect(groups).toHaveLength(letters.length - 1);
  for (const { reason, count, show, replay, others } of groups) {
    expect({ reason, others }).toEqual({ reason, others: 0 });
    expect(meantBy(show, letters), reason).toHaveLength(count);
    expect(meantBy(replay ?? '', letters), reason).toEqual(meantBy(show, letters));
    expect(show).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

it('repeats the filters, and a time as the moment that it was', () => {
  const since = new Date('2026-01-31T09:30:00.000Z');
  const [only] = suggest([aLetter()], { since, user: 'anna', type: 'PaymentCompleted' });
  expect(paste(only?.show ?? '')).toEqual([
    'dlq',
    'show',
    'tiers',
    '--since',
    '2026-01-31T09:30:00.000Z',
    '--type',
    'PaymentCompleted',
    '--user',
    'anna',
    '--reason',
    'no user row *',
  ]);
});

it('keeps the reason that was asked for where the general one would mean more', () => {
  const [only] = suggest(letters, { reason: 'b-1' });
  expect(only).toMatchObject({ count: 1, others: 0 });
  expect(meantBy(only?.show ?? '', letters)).toEqual([letters[0]]);
});

it('says how many letters the commands mean besides where no reason tells them apart', () => {
  const alike = [
    failedFor('no user row b-1'),
    failedFor('no user row b-2'),
    failedFor('no user row for the buyer'),
    failedFor('no user row for the buyer'),
  ];
  const groups = suggest(alike);
  expect(groups.map(({ reason, others }) => [reason, others])).toEqual([
    ['no user row *', 2],
    ['no user row for the buyer', 0],
  ]);
});

it('tells a reason apart from one that goes on where it ends', () => {
  const alike = [
    failedFor('schema mismatch: data.plan'),
    failedFor('schema mismatch: data.plan, data.x'),
  ];
  const [first] = suggest(alike);
  expect(first).toMatchObject({ count: 1, others: 0 });
  expect(meantBy(first?.show ?? '', alike)).toEqual([alike[0]]);
});

it('offers discard instead of replay only where a replay would take nothing', () => {
  const obstacle = 'schema mismatch';
  const [none] = suggest([aLetter({ obstacle }), aLetter({ subscriber: undefined })]);
  expect(none?.replay).toBeUndefined();
  expect(none?.discard).toBe("./payments dlq discard tiers --reason 'no user row *'");
  const [some] = suggest([aLetter({ obstacle }), aLetter()]);
  expect(some?.discard).toBeUndefined();
  expect(some?.replay).toBe("./payments dlq replay tiers --reason 'no user row *'");
});

it('never offers to discard more than the group', () => {
  const hopeless = { obstacle: 'schema mismatch' };
  const others = [failedFor('something else'), failedFor('429 x')];
  // No words at all: as a pattern it would mean every buyer's letters.
  const one = [failedFor('12345', hopeless), ...others];
  const [exact] = suggest(one);
  expect(exact).toMatchObject({ reason: '*', others: 0 });
  expect(meantBy(exact?.discard ?? '', one)).toEqual([one[0]]);

  const few = [failedFor('1', hopeless), failedFor('2', hopeless), ...others];
  const [some] = suggest(few);
  expect(some).toMatchObject({ reason: '*', others: 2 });
  const commands = some?.discard?.split(' && ') ?? [];
  expect(commands.flatMap((command) => meantBy(command, few))).toEqual(few.slice(0, 2));

  const many = [...Array(9).keys()].map((at) => failedFor(`${at}`, hopeless));
  const [all] = suggest([...many, ...others]);
  expect(all).toMatchObject({ reason: '*', count: 9, others: 2 });
  expect(all?.discard).toBeUndefined();
});
