import { describe, expect, it } from 'vitest';
import { followReturn } from './browser/follow-return.js';

/** A return with a status that ends the following at once; notes what happened in which order. */
function returnWith(announce: () => Promise<void>) {
  const steps: string[] = [];
  const waits: { delayMs: number; end(): void }[] = [];
  const done = followReturn({
    announce: () => {
      steps.push('announced');
      return announce();
    },
    ask: async () => {
      steps.push('asked');
      return { kind: 'refused', message: 'No such payment.' };
    },
    show: () => undefined,
    wait: (delayMs) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waits.push({ delayMs, end: resolve });
      return promise;
    },
    now: () => 0,
  });
  return { steps, waits, done };
}

/** Everything that does not wait for something has happened. */
const settle = () => new Promise(setImmediate);

describe('the return page, before it follows a payment', () => {
  it('waits for the answer to its announcement', async () => {
    const answered = Promise.withResolvers<void>();
    const { steps, done } = returnWith(() => answered.promise);
    await settle();
    expect(steps).toEqual(['announced']);
    answered.resolve();
    await done;
    expect(steps).toEqual(['announced', 'asked']);
  });

  it('goes on where the announcement fails', async () => {
    const { steps, done } = returnWith(() => Promise.reject(new Error('offline')));
    await done;
    expect(steps).toEqual(['announced', 'asked']);
  });

  it('goes on after five seconds without an answer', async () => {
    const { steps, waits, done } = returnWith(() => new Promise(() => undefined));
    await settle();
    expect(steps).toEqual(['announced']);
    expect(waits.map(({ delayMs }) => delayMs)).toEqual([5000]);
    waits[0]?.end();
    await done;
    expect(steps).toEqual(['announced', 'asked']);
  });
});
