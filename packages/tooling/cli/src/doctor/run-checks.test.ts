import { expect, it } from 'vitest';
import { ok } from './check.ts';
import { runChecks } from './run-checks.ts';

const check = (subject: string, look: () => Promise<ReturnType<typeof ok>>) => ({
  check: 'any',
  subject,
  asks: 'it',
  look,
});

it('answers every check, in order, whatever one of them throws', async () => {
  const findings = await runChecks([
    check('throws', () => {
      throw new Error('at once');
    }),
    check('rejects', async () => {
      throw new Error('later');
    }),
    check('fine', async () => ok('yes')),
  ]);
  expect(findings).toEqual([
    { check: 'any', subject: 'throws', result: 'wrong', words: ['it: Error: at once'] },
    { check: 'any', subject: 'rejects', result: 'wrong', words: ['it: Error: later'] },
    { check: 'any', subject: 'fine', result: 'ok', words: ['yes'] },
  ]);
});

it('has no more than eight questions under way', async () => {
  let atWork = 0;
  let most = 0;
  const look = async () => {
    atWork += 1;
    most = Math.max(most, atWork);
    await new Promise((resolve) => setImmediate(resolve));
    atWork -= 1;
    return ok('yes');
  };
  await runChecks(Array.from({ length: 40 }, (_, at) => check(String(at), look)));
  expect(most).toBe(8);
});
