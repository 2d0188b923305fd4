import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/start-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.stop());

/** One buyer's address as the marketplace has stored it, and how a page may send it. */
const spellings: [string, string, string][] = [
  ['in capitals', 'Ravi@Example.com', 'ravi@EXAMPLE.com'],
  ['with a Kelvin sign', 'ravik@example.com', 'ravi\u212A@example.com'],
  ['with its domain in punycode', 'ravi@b\u00FCcher.example', 'ravi@xn--bcher-kva.example'],
  ['with its domain in Unicode', 'ravi@xn--bcher-kva.example', 'ravi@B\u00DCCHER.example'],
  ['decomposed', 'ren\u00E9@b\u00FCcher.example', 'rene\u0301@bu\u0308cher.example'],
  ['composed', 'rene\u0301@bu\u0308cher.example', 'ren\u00E9@b\u00FCcher.example'],
];

describe.each(spellings)('an address sent %s', (_how, stored, sent) => {
  test('is the user’s own, and the order keeps the spelling of the user’s row', async () => {
    const user = await shop.addUser({ email: stored });
    const { statusCode, body } = await shop.open().click({ ...user, userEmail: sent });
    expect(statusCode).toBe(200);
    expect(await shop.rowOf(body.transactionId)).toMatchObject({ userEmail: stored });
  });
});

test('mails go to the address of the user’s row, whatever the caller has spelled', async () => {
  const user = await shop.addUser({ email: 'ravik@example.com' });
  const { body } = await shop.open().click({ ...user, userEmail: ' RAVI\u212A@example.com ' });
  expect(await shop.findInitiated(body.transactionId)).toMatchObject({
    detail: { data: { userEmail: 'ravik@example.com' } },
  });
});

test.each([
  'ravi\u{1F600}@example.com',
  '\u{2000B}\u592A\u90CE@example.com',
  '\u{1D411}\u{1D41A}\u{1D42F}\u{1D422}@example.com',
  '\u{1F1EE}\u{1F1F3}@example.com',
  'ravi\u263A@example.com',
  '\u0930\u0935\u093F@example.com',
])('%s can buy, and the event names it', async (email) => {
  const user = await shop.addUser({ email });
  const puts: string[] = [];
  shop.cloud.cloud.intercept((call) => {
    if (call.operation === 'PutEvents') puts.push(JSON.stringify(call.body));
    return undefined;
  });
  const { statusCode, body } = await shop.open().click({ ...user, userEmail: email });
  expect(statusCode).toBe(200);
  expect(await shop.rowOf(body.transactionId)).toMatchObject({ userEmail: email });
  expect(puts).toHaveLength(1);
  expect(puts[0]).toContain(email);
});

test.each([
  ['another person', 'ravik@example.com', 'ravi@example.com'],
  ['a domain that only begins the same', 'a@b\u00FCcher.example', 'a@b\u00FCcher.example/x'],
  ['the domain without its accent', 'a@b\u00FCcher.example', 'a@bucher.example'],
])('%s is a stranger: 404', async (_who, stored, sent) => {
  const user = await shop.addUser({ email: stored });
  const { statusCode } = await shop.open().click({ ...user, userEmail: sent });
  expect(statusCode).toBe(404);
});
