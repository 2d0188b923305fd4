import { expect, it } from 'vitest';
import { parseSince } from './parse-since.ts';

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
