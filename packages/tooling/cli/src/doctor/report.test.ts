import { ok, wrong } from '@cloudnestle/operations/doctor/check';
import { expect, it } from 'vitest';
import { formatFindings } from './report.ts';

const caller = { check: 'caller', subject: 'identity' };
const queue = { check: 'queues', subject: 'tiers', ...wrong('too short', 'too small') };
const dlq = { check: 'queues', subject: 'tiers-dlq', ...ok('no letters') };

it('leaves out who asks, names a concern once, and ends with counts', () => {
  const findings = [{ ...caller, ...ok('account 1') }, queue, dlq];
  const text = formatFindings(findings);
  const lines = text.split('\n');
  expect(text).not.toContain('account 1');
  expect(text.match(/queues/g)).toHaveLength(1);
  expect(text).not.toContain('identity');
  expect(lines.filter((line) => /too (short|small)/.test(line))).toHaveLength(2);
  expect(lines.at(-1)).toBe('2 ok, 1 wrong, 0 not checked.');
});

it('says why it is not known who asks', () => {
  const findings = [{ ...caller, ...wrong('no answer') }, dlq];
  expect(formatFindings(findings)).toMatch(/caller +│ identity +│ wrong +│ no answer/);
});
