import { randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '@cloudnestle/payments/clock';
import { type ClientSource, sdkClients } from './clients/factories.ts';
import { createLogger, type Log } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';

/** What a function takes from the world; tests and the local run hand in their own. */
export interface Platform extends ClientSource {
  log: Log;
  metrics: Metrics;
  now: Clock;
  newId(): string;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** 0 to exclusiveMax - 1, not guessable. */
  randomInt(exclusiveMax: number): number;
}

/** The platform as Lambda gives it. */
export function createPlatform(serviceName: string): Platform {
  return {
    ...sdkClients,
    log: createLogger(serviceName),
    metrics: createMetrics(serviceName),
    now: () => new Date(),
    newId: randomUUID,
    random: Math.random,
    randomInt: (exclusiveMax) => randomInt(exclusiveMax),
  };
}
