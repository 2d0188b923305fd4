import { expect, it } from 'vitest';
import { judgeAccount } from './judge-account.ts';

const sound = { EnforcementStatus: 'HEALTHY', ProductionAccessEnabled: true, SendingEnabled: true };
const sandbox = { ...sound, ProductionAccessEnabled: false };

it('is ok where mails reach everybody', () => {
  expect(judgeAccount(sound, { isProduction: true })).toEqual({
    result: 'ok',
    words: ['may send to everybody'],
  });
});

it('in the sandbox is wrong on production only, and said everywhere', () => {
  const elsewhere = judgeAccount(sandbox, { isProduction: false });
  const production = judgeAccount(sandbox, { isProduction: true });
  expect([elsewhere.result, production.result]).toEqual(['ok', 'wrong']);
  for (const { words } of [elsewhere, production]) expect(words[0]).toContain('SES sandbox');
});

it.each([
  [{ SendingEnabled: false }, 'sending is switched off in this region'],
  [{ EnforcementStatus: 'PROBATION' }, 'its standing is PROBATION; should be HEALTHY'],
  [{ EnforcementStatus: 'SHUTDOWN' }, 'its standing is SHUTDOWN; should be HEALTHY'],
])('with %j is wrong on every stage', (damage, words) => {
  for (const isProduction of [true, false]) {
    const verdict = judgeAccount({ ...sound, ...damage }, { isProduction });
    expect(verdict).toEqual({ result: 'wrong', words: [words] });
  }
});
