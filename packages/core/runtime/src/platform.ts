import { type ClientSource, sdkClients } from './clients/factories.ts';
import { createLogger, type Log } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { processWorld, type World } from './process-world.ts';

/** What a function takes from the world; tests and the local run hand in their own. */
export interface Platform extends World, ClientSource {
  log: Log;
  metrics: Metrics;
}

/** The platform as Lambda gives it. */
export function createPlatform(serviceName: string): Platform {
  return {
    ...sdkClients,
    ...processWorld,
    log: createLogger(serviceName),
    metrics: createMetrics(serviceName),
  };
}
