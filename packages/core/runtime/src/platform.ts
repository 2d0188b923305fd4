import { createLogger, type Log } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { processWorld, type World } from './process-world.ts';

/** What a function takes from the world besides its clients; tests and the local run hand in their own. */
export interface Platform extends World {
  log: Log;
  metrics: Metrics;
}

/** The platform as Lambda gives it. */
export function createPlatform(serviceName: string): Platform {
  return {
    ...processWorld,
    log: createLogger(serviceName),
    metrics: createMetrics(serviceName),
  };
}
