import { expect, it } from 'vitest';
import { ok, wrong } from './check.ts';
import { formatFindings } from './format-findings.ts';

const caller = { check: 'caller', subject: 'identity' };
const queue = { check: 'queues', subject: 'tiers', ...wrong('too short', 'too small') };
const dlq = { check: 'queues', subject: 'tiers-dlq', ...ok('no letters') };

it('begins with who asked, names a concern once, and ends with counts', () => {
  const text = formatFindings([{ ...caller, ...ok('account 1') }, queue, dlq], 'test');
  const lines = text.split('\n');
  expect(lines[0]).toBe('account 1');
  expect(text.match(/queues/g)).toHaveLength(1);
  expect(text).not.toContain('identity');
  expect(lines.filter((line) => /too (short|small)/.test(line))).toHaveLength(2);
  expect(lines.at(-1)).toBe('2 ok, 1 wrong, 0 not checked.');
});

it('begins with the stage where nobody knows who asked, and says why', () => {
  const text = formatFindings([{ ...caller, ...wrong('no answer') }, dlq], 'test');
  expect(text.split('\n')[0]).toBe('stage test');
  expect(text).toMatch(/caller +│ identity +│ wrong +│ no answer/);
});
