import { describe, expect, it } from 'vitest';
import { readFixture } from '../../test/fixtures.ts';
import { readToken } from './token.ts';

const ISSUED_AT = 1753418624;

function read(answer: Record<string, unknown>, nowSeconds = ISSUED_AT) {
  const body = JSON.stringify({ access_token: 'abc', ...answer });
  const token = readToken(body, new Date(nowSeconds * 1000));
  return (
    token && {
      refreshInSeconds: token.refreshAtMs / 1000 - nowSeconds,
      expiresInSeconds: token.expiresAtMs / 1000 - nowSeconds,
    }
  );
}

describe('the life of a token', () => {
  it("is half used at half time (PhonePe's captured answer)", () => {
    const body = readFixture('oauth-response-one-hour').toString();
    const token = readToken(body, new Date(ISSUED_AT * 1000));
    expect(token).toMatchObject({
      refreshAtMs: (ISSUED_AT + 1800) * 1000,
      expiresAtMs: (ISSUED_AT + 3600) * 1000,
    });
    expect(token?.value).toMatch(/^eyJ/);
  });

  it('counts from when it was issued, not from when it came', () => {
    const times = { issued_at: ISSUED_AT, expires_at: ISSUED_AT + 3600 };
    expect(read(times, ISSUED_AT + 600)).toEqual({
      refreshInSeconds: 1200,
      expiresInSeconds: 3000,
    });
  });

  it.each([-7200, 7200])('counts from now where the clocks are %d s apart', (apart) => {
    const times = { issued_at: ISSUED_AT + apart, expires_at: ISSUED_AT + apart + 3600 };
    expect(read(times)).toEqual({ refreshInSeconds: 1800, expiresInSeconds: 3600 });
  });

  it('does without expires_in, issued_at or all of them', () => {
    const halfAndWhole = (seconds: number) => ({
      refreshInSeconds: seconds / 2,
      expiresInSeconds: seconds,
    });
    const times = { issued_at: ISSUED_AT, expires_at: ISSUED_AT + 600, expires_in: null };
    expect(read(times)).toEqual(halfAndWhole(600));
    expect(read({ expires_at: String(ISSUED_AT + 600) })).toEqual(halfAndWhole(600));
    expect(read({ expires_in: 600 })).toEqual(halfAndWhole(600));
    expect(read({})).toEqual(halfAndWhole(300));
  });
});

describe('what is no token', () => {
  it.each(['', 'a b', 'a\nb', 'ü', null, 7, undefined])('%j', (value) => {
    expect(readToken(JSON.stringify({ access_token: value }), new Date())).toBeUndefined();
  });

  it.each(['', 'R999', '<html>', '[]', 'null'])('the body %j', (body) => {
    expect(readToken(body, new Date())).toBeUndefined();
  });
});
