import type { Throttle } from '@cloudnestle/topology/types';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from './create-token-bucket.ts';

function startBucket(throttle: Throttle) {
  let nowMs = 1_732_356_000_000;
  const bucket = createTokenBucket(throttle, () => nowMs);
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** How many of so many calls at once go through. */
    passed: (calls: number) => Array.from({ length: calls }, bucket.take).filter(Boolean).length,
  };
}

describe('a route’s throttle', () => {
  it('lets a burst through at once, and no more', () => {
    expect(startBucket({ burst: 5, ratePerSecond: 1 }).passed(20)).toBe(5);
  });

  it('gives as many calls back as the rate says', () => {
    const { pass, passed } = startBucket({ burst: 10, ratePerSecond: 4 });
    passed(10);
    pass(249);
    expect(passed(5)).toBe(0);
    pass(1);
    expect(passed(5)).toBe(1);
    pass(1000);
    expect(passed(10)).toBe(4);
  });

  it('saves no more than a burst, however long nobody calls', () => {
    const { pass, passed } = startBucket({ burst: 3, ratePerSecond: 50 });
    pass(3_600_000);
    expect(passed(20)).toBe(3);
  });

  it('neither gives nor takes calls when the clock is set back, and goes on from there', () => {
    const { pass, passed } = startBucket({ burst: 2, ratePerSecond: 1 });
    expect(passed(1)).toBe(1);
    pass(-60_000);
    expect(passed(5)).toBe(1);
    pass(1000);
    expect(passed(5)).toBe(1);
  });

  it('never lets more through than a burst and the rate, whenever the calls come', () => {
    const calls = fc.array(fc.record({ afterMs: fc.nat(5000), count: fc.nat(30) }));
    const throttles = fc.record({
      burst: fc.integer({ min: 1, max: 20 }),
      ratePerSecond: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(throttles, calls, (throttle, waves) => {
        const { pass, passed } = startBucket(throttle);
        let elapsedMs = 0;
        let through = 0;
        for (const { afterMs, count } of waves) {
          pass(afterMs);
          elapsedMs += afterMs;
          through += passed(count);
          const most = throttle.burst + (throttle.ratePerSecond * elapsedMs) / 1000;
          expect(through).toBeLessThanOrEqual(most + 1e-6);
        }
      }),
    );
  });
});
