import fc from 'fast-check';
import { anyValue } from './any-value.ts';

export const anyTime = fc.constantFrom(
  '2026-01-01',
  '2026-01-02',
  '2026-01-03',
  '2026-01-03T00:00',
);
export const anyPart = fc.constantFrom('one', 'two', 'three');

/** Sometimes something else than it must be. */
export function mostly<T>(arbitrary: fc.Arbitrary<T>, other: fc.Arbitrary<unknown> = anyValue) {
  return fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
    { weight: 30, arbitrary },
    { weight: 1, arbitrary: other },
  );
}

const reserved = new Set(['count', 'status', 'token']);

/** Which names are written by an alias: those that must be nearly always are. */
export const anyAliased = fc
  .tuple(fc.boolean(), fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, fc.constant(false)))
  .map(
    ([isUsual, isCareful]) =>
      (name: string) =>
        reserved.has(name) ? isCareful : isUsual,
  );
