import type { Publish } from '@cloudnestle/payments/publish';
import * as z from 'zod';
import { createEventBridgeClient } from './clients/event-bridge.ts';
import type { Platform } from './platform.ts';
import { createPublisher } from './publisher.ts';

/** What every function that publishes finds in its environment. */
export const busEnvironmentShape = { EVENT_BUS_NAME: z.string().min(1) };

type BusConfig = z.infer<z.ZodObject<typeof busEnvironmentShape>>;

/** A publisher onto the stage's bus; `timeoutMs` is for one attempt of one call. */
export function connectBus(
  { EVENT_BUS_NAME }: BusConfig,
  { random, clients, timeoutMs }: Pick<Platform, 'random' | 'clients'> & { timeoutMs: number },
): Publish {
  const client = createEventBridgeClient({ timeoutMs }, { clients });
  return createPublisher({ client, busName: EVENT_BUS_NAME, random });
}
