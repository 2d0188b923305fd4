import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '@cloudnestle/payments/clock';

/** Time, ids and chance. */
export interface World {
  now: Clock;
  newId(): string;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** 0 to exclusiveMax - 1, not guessable. */
  randomInt(exclusiveMax: number): number;
}

/** As the process has them. */
export const processWorld: World = {
  now: () => new Date(),
  newId: randomUUID,
  random: Math.random,
  randomInt: (exclusiveMax) => randomInt(exclusiveMax),
};
