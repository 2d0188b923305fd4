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

it('lets no stored text steer the terminal, in names, values or sentences', () => {
  const attack = 'a\u001b[2J\u009b31m\u202eb\nVerdict: consistent';
  for (const screen of [
    formatSection('Title', [[attack, attack]]),
    formatSentences('Title', [attack]),
  ]) {
    expect(screen.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(screen).toContain(String.raw`a\u001b[2J\u009b31m\u202eb\u000aVerdict:`);
    expect(screen).not.toMatch(/^Verdict/m);
  }
});

it('cuts what is too long to read', () => {
  expect(formatSentences('Title', ['x'.repeat(100_000)]).length).toBeLessThan(2100);
});
