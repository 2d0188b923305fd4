import { expect, it } from 'vitest';
import { formatGroups, type Triage } from './format-groups.ts';

const group: Triage['groups'][number] = {
  queue: 'tiers',
  reason: 'no user row *',
  count: 1234,
  firstFailedAt: new Date('2026-01-31T09:00:00.000Z'),
  lastFailedAt: new Date('2026-01-31T10:00:00.000Z'),
  kinds: { exhausted: 1200, moved: 34 },
  cannotSucceed: 0,
  obstacles: [],
  noDestination: 0,
  replayed: 0,
  mostReplays: 0,
  commands: { show: 'SHOW', replay: 'REPLAY', others: 0 },
};

function format(changes: Partial<Triage>) {
  return formatGroups({
    stage: 'local',
    isFiltered: false,
    groups: [group],
    rest: { groups: 0, letters: 0 },
    queues: [],
    unread: [],
    ...changes,
  });
}

it('says of a group what it is, and what to run', () => {
  expect(format({})).toBe(`local: 1,234 letters in 1 group.

tiers: no user row *
  1,234 letters (1,200 exhausted, 34 moved)
  failed 2026-01-31T09:00:00.000Z to 2026-01-31T10:00:00.000Z
  SHOW
  REPLAY`);
});

it('says what a replay would leave, and what was tried before', () => {
  const text = format({
    groups: [{ ...group, cannotSucceed: 2, obstacles: ['no JSON'], replayed: 5, mostReplays: 1 }],
  });
  expect(text).toContain('5 replayed before, at most once\n');
  expect(text).toContain('2 can never succeed (no JSON): replay would leave these.\n');
});

it('warns before it offers to discard', () => {
  const commands = { show: 'SHOW', discard: 'DISCARD', others: 0 };
  const text = format({ groups: [{ ...group, count: 1, noDestination: 1, commands }] });
  expect(text).toContain('1 names no subscriber to replay to: replay would refuse this.\n');
  expect(text).toMatch(
    /Before you discard: \.\/payments payment <order>.*\n {2}SHOW\n {2}DISCARD$/,
  );
});

it('says that the commands mean more', () => {
  const text = format({ groups: [{ ...group, commands: { ...group.commands, others: 3 } }] });
  expect(text).toContain('The commands below mean 3 letters more: show first.\n  SHOW');
});

it('says what it could not look at', () => {
  const looked = { queue: 'tiers', waiting: 250_000, seen: 100_000, hidden: 1, isCut: true };
  const text = format({ groups: [], queues: [looked] });
  expect(text).toContain('No dead letters.');
  expect(text).toContain('Only 100,000 of about 250,000 letters of tiers were looked at.');
  expect(text).toContain('1 letter is hidden at the moment');
});

it('counts the groups that it leaves out', () => {
  const text = format({ rest: { groups: 2901, letters: 2950 } });
  expect(text).toContain('local: 4,184 letters in 2,902 groups.');
  expect(text).toContain('2,901 other reasons: 2,950 letters (filters show them).');
});

it('offers no discard where it would mean more, and says why', () => {
  const commands = { show: 'SHOW', others: 3 };
  const text = format({ groups: [{ ...group, count: 1, cannotSucceed: 1, commands }] });
  expect(text).toContain('The command below means 3 letters more: no reason tells them apart');
});
