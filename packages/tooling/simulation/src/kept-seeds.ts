import type { FaultLevel } from './faults/create-weather.ts';

/** An episode that once broke a rule. */
export interface KeptSeed {
  seed: number;
  faults: FaultLevel;
  buyers: number;
  /** Of an episode with passes. */
  passes?: boolean;
  /** What it found, in one line. */
  why: string;
}

/** Run for good, with every test run. A seed says less once people or faults change: then only its line is left. */
export const keptSeeds: readonly KeptSeed[] = [
  {
    seed: 2973315518,
    faults: 'heavy',
    buyers: 200,
    why: 'a message delivered to two invocations at once: what one said was held against the other (the invariant was wrong)',
  },
  {
    seed: 967545654,
    faults: 'heavy',
    buyers: 200,
    why: 'a mail claim that another delivery, whose clock ran ahead, had taken for overdue: not lost to itself (the invariant was wrong)',
  },
  {
    seed: 2737271936,
    faults: 'heavy',
    buyers: 200,
    why: 'a record at its last attempt whose dead letter could not be sent was put off, as it should be (the invariant was wrong)',
  },
  {
    seed: 350525680,
    faults: 'heavy',
    buyers: 200,
    why: 'a record by user id that a second order created, under a new email, did not hold the first order (the record takes over what the buyer’s row holds)',
  },
  {
    seed: 2497108517,
    faults: 'heavy',
    buyers: 200,
    why: 'of an order that was paid twice, a part and then the whole price went back as a duplicate (a duplicate’s refund is never more than was paid twice)',
  },
];
