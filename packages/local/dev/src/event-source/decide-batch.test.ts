import { expect, test } from 'vitest';
import { decideBatch } from './decide-batch.ts';

const ids = ['a', 'b', 'c'];
const answered = (result: unknown) => decideBatch(ids, { kind: 'answered', result });

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['no list', { batchItemFailures: null }],
  ['an empty list', { batchItemFailures: [] }],
])('an answer with %s means that every message is done with', (_, result) => {
  expect(answered(result)).toEqual({ kind: 'answered', doneIds: ids });
});

test('messages named as failures come back, the others are done with', () => {
  const result = { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'b' }] };
  expect(answered(result)).toEqual({ kind: 'answered', doneIds: ['a', 'c'] });
});

test.each([
  ['text', 'done'],
  ['an id that is not in the batch', { batchItemFailures: [{ itemIdentifier: 'x' }] }],
  ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['an id of null', { batchItemFailures: [{ itemIdentifier: null }] }],
  ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'a' }] }],
])('an answer with %s fails the whole batch', (_, result) => {
  expect(answered(result)).toMatchObject({ kind: 'failed' });
});

test('an exception or a timeout fails the whole batch and says so', () => {
  expect(decideBatch(ids, { kind: 'threw', error: new TypeError('no such thing') })).toEqual({
    kind: 'failed',
    reason: 'threw TypeError: no such thing',
  });
  expect(decideBatch(ids, { kind: 'timedOut', afterSeconds: 15 })).toEqual({
    kind: 'failed',
    reason: 'timed out after 15 s',
  });
});
