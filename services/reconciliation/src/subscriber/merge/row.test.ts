import { buildUpdate } from '@cloudnestle/runtime/merge-item';
import { expect, it } from 'vitest';
import { addToHistory, recordedAt } from './row.ts';

const entry = { eventId: 'evt_1', what: 'completed', at: '2025-11-23T10:00:00.000Z' };
const line = { what: entry.what, at: entry.at };
const fullHistory = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [`e${index}`, line]),
);

it('adds a line without touching the others, only while no other delivery has added it', () => {
  const row = { history: { evt_0: line } };
  const { maps, basedOn } = addToHistory(row, entry);
  expect(maps).toEqual({ 'history.evt_1': line });
  const { ConditionExpression, ExpressionAttributeNames: names } = buildUpdate(
    { transactionId: 't' },
    row,
    { set: maps, basedOn },
  );
  const readable = Object.entries(names).reduce(
    (text, [alias, name]) => text.replaceAll(alias, name),
    ConditionExpression,
  );
  expect(readable).toContain('attribute_not_exists(history.evt_1)');
});

it.each([[undefined], [null], ['text'], [[]]])(
  'makes the map where %j stands instead',
  (history) => {
    expect(addToHistory({ history }, entry)).toEqual({
      maps: { history: { evt_1: line } },
      basedOn: ['history'],
    });
  },
);

it('adds nothing where the fact is there already', () => {
  expect(addToHistory({ history: { evt_1: line } }, entry).maps).toEqual({});
});

it('stays bounded: a full history takes outcomes only', () => {
  const row = { history: fullHistory };
  expect(addToHistory(row, entry, { isOptional: true }).maps).toEqual({});
  expect(addToHistory(row, entry).maps).toEqual({ 'history.evt_1': line });
});

it('tells when a fact was recorded to have happened', () => {
  expect(recordedAt({ history: { evt_1: line } }, 'evt_1')).toBe(entry.at);
  expect(recordedAt({ history: {} }, 'evt_1')).toBeUndefined();
  expect(recordedAt({}, 'evt_1')).toBeUndefined();
});

it('tells ids apart that differ in a dot only', () => {
  const row = { history: { a_b: line } };
  expect(addToHistory(row, { ...entry, eventId: 'a.b' }).maps).toEqual({ 'history.a.b': line });
  expect(recordedAt(row, 'a.b')).toBeUndefined();
});
