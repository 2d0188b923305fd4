import { expect, it } from 'vitest';
import { judgeBackups } from './check-backups.ts';

it.each([
  ['ENABLED', true, 'ok'],
  ['ENABLED', false, 'ok'],
  ['DISABLED', true, 'wrong'],
  ['DISABLED', false, 'ok'],
  [undefined, true, 'wrong'],
] as const)('point-in-time recovery %s (production: %s) is %s', (status, isProduction, result) => {
  const verdict = judgeBackups(status, { isProduction });
  expect(verdict.result).toBe(result);
  expect(verdict.words[0]).toContain(status === 'ENABLED' ? 'is on' : 'is off');
});
