import { expect, it } from 'vitest';
import { collectUnfit } from './collect-unfit.ts';

const key = { pk: 'user#anna@example.com', sk: 'solution#one' };

it.each<[string, unknown]>([
  ['nothing', null],
  ['empty text', ''],
  ['a number', 7],
  ['a list', ['tok_1']],
  ['too long a text', 'x'.repeat(1025)],
])('a row with %s for a key could not be written any more', (_what, token) => {
  const unfit = collectUnfit(['pk', 'sk'], ['token']);
  unfit.note({ ...key, token });
  expect(unfit.list()).toEqual([
    { attribute: 'token', rows: 1, examples: ['u***@example.com solution#one'] },
  ]);
});

it('takes text, and rows that lack the attribute', () => {
  const unfit = collectUnfit(['pk', 'sk'], ['token']);
  unfit.note(key);
  unfit.note({ ...key, token: 'x'.repeat(1024) });
  expect(unfit.list()).toEqual([]);
});

it('counts all and names a few', () => {
  const unfit = collectUnfit(['id'], ['email', 'token']);
  for (let id = 0; id < 9; id += 1) unfit.note({ id, email: null, token: 'fine' });
  const [{ rows, examples } = { rows: 0, examples: [] }, ...others] = unfit.list();
  expect({ rows, examples, others }).toEqual({
    rows: 9,
    examples: ['0', '1', '2', '3', '4'],
    others: [],
  });
});
