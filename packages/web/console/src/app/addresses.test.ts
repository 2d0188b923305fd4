import { adminRouteKeys, adminRoutes } from '@cloudnestle/contracts/admin/routes';
import { describe, expect, it } from 'vitest';
import { findFault } from '../act/find-fault.ts';
import { routes } from '../api/routes.ts';
import { readTrouble } from '../api/trouble.ts';
import { sayFilter, sayLook, toFilter } from '../letters/scope.ts';
import { findSteps } from '../now/find-steps.ts';
import { readMarkdown, readSpans } from '../runbooks/read-markdown.ts';
import {
  readKeptSearch,
  readLettersSearch,
  readOrdersSearch,
  readRangeSearch,
} from './search-params.ts';

it('the console calls the very routes of the contracts', () => {
  for (const key of adminRouteKeys) {
    const { method, path } = adminRoutes[key];
    expect(routes[key], key).toEqual({ method, path });
  }
});

describe('an address', () => {
  it('is the filter, to the letter', () => {
    const search = { queue: 'tiers', reason: 'timeout *', look: 'l-1', letter: 'm-1' };
    expect(readLettersSearch(search)).toEqual(search);
    expect(toFilter(search)).toEqual({ reason: 'timeout *' });
    expect(sayFilter(toFilter({ ...search, type: 'PaymentFailed' }))).toBe(
      'type “PaymentFailed” and reason “timeout *”',
    );
  });

  it('never means more letters than were chosen, whatever it cannot bear', () => {
    const seen = readLettersSearch({
      queue: 'tiers',
      reason: '^no row of a***@example.com, nor <ben@example.com>$',
      user: 'asha@example.com',
      order: 'x'.repeat(600),
    });
    expect(toFilter(seen)).toEqual({
      reason: '^no row of a***@example.com, nor <***@example.com>$',
      user: 'a***@example.com',
      order: 'x'.repeat(512),
    });
  });

  it('never bears an email, nor what no filter is', () => {
    expect(readKeptSearch({ queue: 'asha@example.com' })).toEqual({});
    expect(readLettersSearch({ letter: 'asha@example.com', queue: 7 })).toEqual({ queue: '7' });
    expect(readOrdersSearch({ from: 'yesterday', to: '2026-11-28', status: 'PAID' })).toEqual({
      to: '2026-11-28',
    });
    expect(readRangeSearch({ from: ['2026-11-28'], job: '' })).toEqual({});
  });
});

it('a look says how much it has seen, what was held, when and by whom', () => {
  const queue = { queue: 'tiers', waiting: 340, seen: 312, hidden: 28, isCut: false };
  const look = {
    ...{ queues: [queue, { queue: 'refunds', unread: 'busy' }], by: 'anna' },
    takenAt: '2026-11-28T08:32:00.000Z',
  };
  expect(sayLook(look, Date.parse(look.takenAt))).toBe(
    '312 of about 340 seen, 28 held by others, at 14:02:00 IST by anna',
  );
});

it.each([
  [401, {}, 'signedOut'],
  [403, { error: { code: 'FORBIDDEN', message: 'No.' }, requestId: 'r' }, 'forbidden'],
  [409, { error: { message: 'No.' } }, 'conflict'],
  [429, { message: 'Too Many Requests' }, 'later'],
  [503, 'no JSON', 'later'],
  [
    400,
    { error: { message: 'No.', fields: [{ field: 'reason', message: 'is short' }] } },
    'badInput',
  ],
  [500, undefined, 'server'],
])('an answer of %s tells what can be done about it', (status, body, kind) => {
  expect(readTrouble(status, body).kind).toBe(kind);
});

it('a change needs a reason, and on production the stage’s very name', () => {
  const stage = (typed: string) => ({ typed, wanted: 'production' });
  expect(findFault(' x ', undefined)).toContain('why');
  expect(findFault('case 4711', undefined)).toBeUndefined();
  expect(findFault('case 4711', stage('Production'))).toContain('production');
  expect(findFault('case 4711', stage('production'))).toBeUndefined();
});

it('a payment walks once for each step that it takes', () => {
  const order = (transactionId: string, status: string) => ({
    ...{ transactionId, status, createdAt: '', attention: [], refundedInPaisa: 0 },
  });
  const before = [order('a', 'PENDING'), order('b', 'COMPLETED')];
  const after = [order('c', 'PENDING'), order('a', 'COMPLETED'), order('b', 'COMPLETED')];
  expect(findSteps(undefined, after)).toEqual([]);
  expect(findSteps(before, after).map(({ key, detailType }) => [key, detailType])).toEqual([
    ['c PENDING', 'PaymentInitiated'],
    ['a COMPLETED', 'PaymentCompleted'],
  ]);
});

it('a runbook is read as it is written', () => {
  const page =
    '# When\n\nSee `./payments` and **look**\nat [it](x.md).\n\n- one\n  more\n- two\n\n```sh\na\n\nb\n```\n| h |\n| --- |\n| c |\n';
  expect(readMarkdown(page)).toEqual([
    { kind: 'heading', level: 1, text: 'When' },
    { kind: 'text', text: 'See `./payments` and **look** at [it](x.md).' },
    { kind: 'list', items: ['one more', 'two'] },
    { kind: 'code', text: 'a\n\nb' },
    { kind: 'table', head: ['h'], rows: [['c']] },
  ]);
  expect(readSpans('a `b` **c** [d](e.md) *')).toEqual([
    ...[
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b' },
      { kind: 'text', text: ' ' },
    ],
    ...[
      { kind: 'strong', text: 'c' },
      { kind: 'text', text: ' ' },
    ],
    ...[
      { kind: 'link', text: 'd', to: 'e.md' },
      { kind: 'text', text: ' ' },
    ],
    { kind: 'text', text: '*' },
  ]);
});
