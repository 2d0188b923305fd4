import { describe, expect, it } from 'vitest';
import { createTokenReader } from './create-token-reader.ts';

const buyer = { userId: 'buyer-1', email: 'buyer@example.com' };
const byUserId = { pk: 'user#buyer-1', sk: 'solution#s', token: 'tok_by_user_id' };
const byEmail = { pk: 'user#buyer@example.com', sk: 'solution#s', token: 'tok_by_email' };

describe('the token a demo user searches with', () => {
  it.each([
    ['both records: the one by user id', [byUserId, byEmail], 'tok_by_user_id'],
    ['the record by user id only', [byUserId], 'tok_by_user_id'],
    ['the record by email only', [byEmail], 'tok_by_email'],
    [
      'a record by user id without one',
      [{ ...byUserId, token: undefined }, byEmail],
      'tok_by_email',
    ],
    ['no record', [], undefined],
  ])('of %s', async (_what, records, token) => {
    const readToken = createTokenReader(async (owner) =>
      records.find(({ pk }) => pk === `user#${owner}`),
    );
    expect(await readToken(buyer)).toBe(token);
  });
});
