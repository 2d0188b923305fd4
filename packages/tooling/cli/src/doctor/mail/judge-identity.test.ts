import { expect, it } from 'vitest';
import { judgeIdentity } from './judge-identity.ts';

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
