import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findDisputeInTheWay, joinDispute, readDisputes, toDisputeState } from './disputes.ts';

const word = fc.record({
  gatewayState: fc.constantFrom('CREATED', 'UNDER_REVIEW', 'ACTION_REQUIRED', 'WON', 'LOST'),
  at: fc
    .integer({ min: 0, max: 3 })
    .map((minute) => new Date(Date.UTC(2025, 10, 24, 8, minute)).toISOString()),
});
type Known = ReturnType<typeof joinDispute> | undefined;

it('ends the same in whatever order the words arrive, and however often', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const run = (all: typeof words) => all.reduce<Known>(joinDispute, undefined);
      expect(run([...words, ...words])).toEqual(run(words.toReversed()));
      const isDecided = words.some(({ gatewayState }) => /WON|LOST/.test(gatewayState));
      expect(run(words)?.state === 'OPEN').toBe(!isDecided);
    }),
  );
});

it('knows the decisions by the gateway’s word, and takes every other one for open', () => {
  expect(['WON', 'CHARGEBACK_WON', 'LOST', 'CREATED', 'WONDERING'].map(toDisputeState)).toEqual([
    'WON',
    'WON',
    'LOST',
    'OPEN',
    'OPEN',
  ]);
});

it('lets money go back only where every dispute was won', () => {
  const at = '2025-11-24T08:00:00.000Z';
  const of = (...states: string[]) =>
    Object.fromEntries(
      states.map((gatewayState, index) => [
        `D${index}`,
        joinDispute(undefined, { gatewayState, at }),
      ]),
    );
  expect(findDisputeInTheWay(of())).toBeUndefined();
  expect(findDisputeInTheWay(of('WON'))).toBeUndefined();
  expect(findDisputeInTheWay(of('WON', 'CREATED'))).toBe('OPEN');
  expect(findDisputeInTheWay(of('CREATED', 'LOST'))).toBe('LOST');
  expect(findDisputeInTheWay(readDisputes({ disputes: { D1: 'odd' } }))).toBe('OPEN');
});
