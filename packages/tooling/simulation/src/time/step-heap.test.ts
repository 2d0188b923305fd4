import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StepHeap } from './step-heap.ts';

it('gives back whatever was put in, the earliest first, ties in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (moments) => {
      const heap = new StepHeap<{ atMs: number; order: number }>();
      for (const [order, atMs] of moments.entries()) heap.push({ atMs, order });
      const popped = Array.from({ length: moments.length }, () => heap.pop());
      const sorted = moments
        .map((atMs, order) => ({ atMs, order }))
        .toSorted((a, b) => a.atMs - b.atMs || a.order - b.order);
      expect(popped).toEqual(sorted);
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
