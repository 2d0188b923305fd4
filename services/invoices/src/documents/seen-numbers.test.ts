import { expect, it } from 'vitest';
import type { GivenNumber } from './document-store.ts';
import { createSeenNumbers } from './seen-numbers.ts';

const at = new Date('2025-11-23T09:00:00.000Z');
const numberOf = (sequence: number): GivenNumber => ({
  sequence,
  at,
  key: { pk: `order#${sequence}`, sk: 'INVOICE#1' },
});

/** A series with so many numbers, which others add to, and how often it was read. */
function createSeries(count: number) {
  const given = Array.from({ length: count }, (_, index) => numberOf(index + 1));
  let reads = 0;
  const seen = createSeenNumbers({
    lastNumber: async () => {
      reads += 1;
      return given.at(-1);
    },
    numbersFrom: async (_series, sequence) => {
      reads += 1;
      return given.filter((each) => each.sequence >= sequence);
    },
  });
  const from = async (sequence: number) =>
    (await seen.from('INV26', sequence)).map((each) => each.sequence);
  return { given, seen, from, reads: () => reads };
}

it('reads the last number once for a whole batch, and then knows what it has given itself', async () => {
  const { seen, from, reads } = createSeries(7);
  const asked = await Promise.all(Array.from({ length: 10 }, () => seen.last('INV26')));
  expect(asked.map((each) => each?.sequence)).toEqual(Array.from({ length: 10 }, () => 7));
  seen.add('INV26', numberOf(8));
  seen.add('INV26', numberOf(9));
  expect(await from(7)).toEqual([7, 8, 9]);
  expect(await from(8)).toEqual([8, 9]);
  expect((await seen.last('INV26'))?.sequence).toBe(9);
  expect(reads()).toBe(1);
});

it('never leaves a number out: what it has not seen it reads', async () => {
  const { given, seen, from } = createSeries(0);
  expect(await from(0)).toEqual([]);
  given.push(numberOf(1), numberOf(2), numberOf(3));
  // Taken by another function: the next one that this one wanted was not free.
  await seen.readOn('INV26', undefined);
  expect(await from(0)).toEqual([1, 2, 3]);
  given.push(numberOf(4), numberOf(5), numberOf(6));
  expect(await from(5)).toEqual([5, 6]);
  // An older document: all since it was thought of, also those between what was seen and what was read.
  expect(await from(2)).toEqual([2, 3, 4, 5, 6]);
});
