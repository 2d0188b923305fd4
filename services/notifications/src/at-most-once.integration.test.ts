import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, faults } from './testing/faults.ts';
import { FUNCTION_TIMEOUT_MS, kinds, startNotifications } from './testing/setup.ts';

let world: Awaited<ReturnType<typeof startNotifications>>;
beforeAll(async () => {
  world = await startNotifications();
});
afterAll(() => world.stop());

const throttled: Fault = { when: 'before', status: 429, errorType: 'TooManyRequestsException' };

const blow = fc.record({
  service: fc.constantFrom('ses', 'dynamodb'),
  fault: fc.constantFrom(throttled, ...Object.values(faults)),
  /** Which calls of the batch are struck, counting from 1. */
  from: fc.integer({ min: 1, max: 6 }),
  times: fc.integer({ min: 1, max: 4 }),
});

const step = fc.record({
  /** Each entry is one record of the batch: an order and an event of it. */
  records: fc.array(fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 2 })), {
    minLength: 1,
    maxLength: 4,
  }),
  blow: fc.option(blow, { nil: undefined }),
  advanceMs: fc.constantFrom(0, 1000, FUNCTION_TIMEOUT_MS),
});

test('whatever is delivered in whatever order under whatever faults: one mail per order and kind, one welcome per buyer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const scene = world.newScene();
      const orders = [await scene.order(), await scene.order()];
      for (const { records, blow, advanceMs } of steps) {
        scene.advance(advanceMs);
        let seen = 0;
        world.cloud.intercept((call) => {
          if (!blow || call.service !== blow.service) return undefined;
          seen += 1;
          return seen >= blow.from && seen < blow.from + blow.times ? blow.fault : undefined;
        });
        const events = records.flatMap(([orderIndex, kindIndex]) => {
          const order = orders[orderIndex];
          const kind = kinds[kindIndex];
          return order && kind ? [kind[1](order)] : [];
        });
        await scene.deliver(...events);
      }
      world.cloud.intercept(undefined);
      const mails = await Promise.all(orders.map((order) => scene.subjects(order)));
      for (const subjects of mails) expect(new Set(subjects).size).toBe(subjects.length);
      const welcomes = mails.flat().filter((subject) => subject.startsWith('🎉'));
      expect(welcomes.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 12 },
  );
});
