import fc from 'fast-check';

/** Every one of `events` at least once, some again, in any order: what an at-least-once queue may deliver. */
export function redeliveriesOf<Event>(events: readonly Event[]): fc.Arbitrary<Event[]> {
  return fc.array(fc.constantFrom(...events), { maxLength: 8 }).chain((again) => {
    const all = [...events, ...again];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}
