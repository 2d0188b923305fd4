import { describe, expect, it } from 'vitest';
import { judgeAccount, judgeIdentity } from './mail.ts';

describe('the sender’s identity', () => {
  const mailFrom = 'payments@mail.shop.example';

  /** SES that knows these identities, and whether they are verified. */
  async function judgeWith(identities: Record<string, boolean>, from = mailFrom) {
    const asked: string[] = [];
    const verdict = await judgeIdentity(from, async (identity) => {
      asked.push(identity);
      const VerifiedForSendingStatus = identities[identity];
      return VerifiedForSendingStatus === undefined ? undefined : { VerifiedForSendingStatus };
    });
    return { ...verdict, asked };
  }

  it('asks for the address, its domain and the domains above, until one is verified', async () => {
    expect(await judgeWith({ 'shop.example': true })).toEqual({
      result: 'ok',
      words: ['SES knows and trusts shop.example'],
      asked: [mailFrom, 'mail.shop.example', 'shop.example'],
    });
    expect((await judgeWith({ [mailFrom]: true })).asked).toEqual([mailFrom]);
  });

  it('takes a verified domain although the address itself is not', async () => {
    const verdict = await judgeWith({ [mailFrom]: false, 'mail.shop.example': true });
    expect(verdict.result).toBe('ok');
  });

  it('reads the address out of a sender with a name', async () => {
    const { asked } = await judgeWith({}, `The shop <${mailFrom}>`);
    expect(asked[0]).toBe(mailFrom);
  });

  it('says which identity is not verified, without the whole address', async () => {
    expect(await judgeWith({ [mailFrom]: false })).toMatchObject({
      result: 'wrong',
      words: ['the SES identity p***@mail.shop.example is not verified: mails are refused'],
    });
  });

  it('is wrong where SES has none', async () => {
    expect(await judgeWith({ 'other.example': true })).toMatchObject({
      result: 'wrong',
      words: [expect.stringContaining('SES has no identity')],
    });
  });
});

describe('the SES account', () => {
  const sound = {
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: true,
    SendingEnabled: true,
  };
  const sandbox = { ...sound, ProductionAccessEnabled: false };

  it('is ok where mails reach every address', () => {
    expect(judgeAccount(sound, { isProduction: true })).toEqual({
      result: 'ok',
      words: ['may send to every address'],
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
});
