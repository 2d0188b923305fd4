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

/** Changes everything in place that can be changed: what shares a part with it shows it. */
export function spoil(value: unknown): void {
  if (value instanceof Set) value.add('spoilt');
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) spoil(member);
  if (Array.isArray(value)) value.push('spoilt');
  else Object.assign(value, { spoilt: true });
}
