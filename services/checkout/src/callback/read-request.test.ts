import { describe, expect, test } from 'vitest';
import { expectsPage, readOrderId } from './read-request.ts';

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

interface Sent {
  query?: Record<string, string>;
  body?: string | Uint8Array;
  type?: string;
}

const read = ({ query = {}, body = '', type }: Sent) =>
  readOrderId({
    query,
    rawBody: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    headers: type === undefined ? {} : { 'content-type': type },
  });

test.each<[string, Sent, string]>([
  ['the query', { query: { transactionId: 'txn_MP-1' } }, 'txn_MP-1'],
  ['the query’s order id', { query: { merchantOrderId: 'MP-1' } }, 'txn_MP-1'],
  ['JSON', { body: '{"transactionId":"txn_MP-1"}', type: json }, 'txn_MP-1'],
  ['JSON’s order id', { body: '{"merchantOrderId":"MP-1"}', type: json }, 'txn_MP-1'],
  [
    'JSON that is called text',
    { body: '{"transactionId":"txn_MP-1"}', type: 'text/plain' },
    'txn_MP-1',
  ],
  ['JSON that is called nothing', { body: '{"transactionId":"txn_MP-1"}' }, 'txn_MP-1'],
  ['a form', { body: 'transactionId=txn_MP-1&code=OK', type: form }, 'txn_MP-1'],
  [
    'a form’s order id',
    { body: 'merchantOrderId=MP-1', type: `${form}; charset=UTF-8` },
    'txn_MP-1',
  ],
])('an order is named by %s', (_name, sent, transactionId) => {
  expect(read(sent)).toBe(transactionId);
});

describe('the address we gave out counts before the body', () => {
  test.each<[string, Sent]>([
    ['of the gateway, with an id of its own', { body: 'transactionId=T2311230915', type: form }],
    ['that names another order', { body: '{"transactionId":"txn_MP-2"}', type: json }],
    ['that cannot be read', { body: '{"transactionId":', type: json }],
    ['that is a form in parts', { body: '--x--', type: 'multipart/form-data; boundary=x' }],
    ['that is no text', { body: new Uint8Array([0xff, 0x00]), type: 'image/png' }],
  ])('a body %s', (_name, body) => {
    expect(read({ query: { transactionId: 'txn_MP-1' }, ...body })).toBe('txn_MP-1');
    expect(read({ query: { merchantOrderId: 'MP-1' }, ...body })).toBe('txn_MP-1');
  });
});

test.each<[string, Sent, string]>([
  ['nothing', {}, 'transactionId'],
  ['claims without an id', { query: { status: 'success' }, body: '{}' }, 'transactionId'],
  ['a body that cannot be read', { body: '{"half', type: json }, 'transactionId'],
  ['a list', { body: '[]', type: json }, 'transactionId'],
  ['null', { body: 'null', type: json }, 'transactionId'],
  ['an empty id', { query: { transactionId: '' } }, 'transactionId'],
  ['an id without its prefix', { query: { transactionId: 'MP-1' } }, 'transactionId'],
  ['an id with spaces', { query: { transactionId: 'txn_MP 1' } }, 'transactionId'],
  ['an id too long', { query: { transactionId: `txn_${'x'.repeat(64)}` } }, 'transactionId'],
  [
    'two ids, joined as API Gateway does',
    { query: { transactionId: 'txn_MP-1,txn_MP-2' } },
    'transactionId',
  ],
  [
    'two ids in a form',
    { body: 'transactionId=txn_MP-1&transactionId=txn_MP-2', type: form },
    'transactionId',
  ],
  ['a number', { body: '{"transactionId":7}', type: json }, 'transactionId'],
  [
    'an id that is none beside an order id',
    { query: { transactionId: 'T1', merchantOrderId: 'MP-1' } },
    'transactionId',
  ],
  ['an order id that is none', { query: { merchantOrderId: 'MP/1' } }, 'merchantOrderId'],
])('%s is a 400 that names the field', (_name, sent, field) => {
  expect(() => read(sent)).toThrow(
    expect.objectContaining({
      statusCode: 400,
      code: 'INVALID_REQUEST',
      extra: { fields: [{ field, message: expect.any(String) }] },
    }),
  );
});

test.each<[string, 'GET' | 'POST', Record<string, string>]>([
  [
    'a browser goes to the address',
    'GET',
    { accept: 'text/html,*/*;q=0.8', 'sec-fetch-mode': 'navigate' },
  ],
  ['an old browser goes to the address', 'GET', { accept: 'text/html,application/xhtml+xml' }],
  ['a browser that says only so', 'GET', { accept: '*/*', 'sec-fetch-mode': 'navigate' }],
  ['a form is posted', 'POST', { 'content-type': 'application/x-www-form-urlencoded' }],
  [
    'a form is posted with its charset',
    'POST',
    { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8' },
  ],
  ['a form is posted in parts', 'POST', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['a form is posted without any fields', 'POST', { 'sec-fetch-mode': 'navigate' }],
])('a browser waits for a page where %s', (_name, method, headers) => {
  expect(expectsPage({ method, headers })).toBe(true);
});

test.each<[string, 'GET' | 'POST', Record<string, string>]>([
  ['a page’s script asks', 'GET', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
  ['a program asks', 'GET', { accept: 'application/json' }],
  ['nothing is said', 'GET', {}],
  ['JSON is posted', 'POST', { 'content-type': 'application/json', accept: 'text/html' }],
  ['nothing is posted', 'POST', {}],
  [
    'something is posted that only looks like a form',
    'POST',
    { 'content-type': 'application/x-www-form-urlencoded+json' },
  ],
])('a program is answered where %s', (_name, method, headers) => {
  expect(expectsPage({ method, headers })).toBe(false);
});
