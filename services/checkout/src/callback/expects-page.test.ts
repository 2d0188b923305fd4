import { expect, test } from 'vitest';
import { expectsPage } from './expects-page.ts';

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
])('a person waits for a page where %s', (_name, method, headers) => {
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
