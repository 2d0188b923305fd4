import { expect, it } from 'vitest';
import { formatSection, formatSentences } from './format-section.ts';

it('puts values in one column, leaves out what there is none of, and breaks between words', () => {
  const long = Array.from({ length: 30 }, () => 'word').join(' ');
  const lines = formatSection('Title', [
    ['name', long],
    ['nothing', undefined],
    ['a name that is longer than most', 'short'],
  ]).split('\n');
  expect(lines[0]).toBe('Title');
  expect(lines.at(-1)).toBe('  a name that is longer than most  short');
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  expect(lines[2]?.search(/\S/)).toBe(lines[1]?.indexOf('word'));
});

it('keeps a word whole that is longer than a line', () => {
  const id = 'x'.repeat(120);
  expect(formatSentences('Title', [`See ${id}.`])).toBe(`Title\n  - See\n    ${id}.`);
});
