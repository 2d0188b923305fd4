import { createAws, type SimulatedAws } from '../create-aws.ts';

/** AWS in memory that is never behind and chooses the kindest way; events are delivered at once. Time is `clock.now`. */
export function createQuietAws(options: { clock?: { now: number } } = {}): SimulatedAws {
  const { clock = { now: Date.UTC(2026, 0, 31) } } = options;
  return createAws({
    lagMs: 0,
    now: () => clock.now,
    choose: () => 0,
    onDelivery: (delivery) => delivery.deliver(),
    onMail: () => {},
  });
}
