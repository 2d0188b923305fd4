import { eventContracts } from '@cloudnestle/contracts/events/all';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import {
  buildQueueHandler,
  type QueueHandler,
  queueDependencies,
} from '@cloudnestle/runtime/queue/handler';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { SubscriberName } from '@cloudnestle/topology/types';
import type { PollerControl } from '../run/local-run.ts';

/** `well`: as it is. `off`: nothing takes its messages, they wait. `failing`: it gives up on every event at once. */
export const faultModes = ['well', 'off', 'failing'] as const;
export type FaultMode = (typeof faultModes)[number];

/** Breaks subscribers of a run on purpose, so that an operator can see what happens then, and mend it. */
export interface Faults {
  modeOf(subscriber: SubscriberName): FaultMode;
  set(subscriber: SubscriberName, mode: FaultMode): Promise<void>;
  /** The handler that the subscriber's queue is to feed. */
  wrap(subscriber: SubscriberName, handler: QueueHandler): QueueHandler;
}

interface FaultDependencies {
  environmentOf(name: SubscriberName): Record<string, string>;
  platformOf(name: SubscriberName): Platform;
  /** Resolves once the pollers have started. */
  controls: Promise<Readonly<Record<SubscriberName, PollerControl>>>;
}

export function createFaults({ environmentOf, platformOf, controls }: FaultDependencies): Faults {
  const modes = new Map<SubscriberName, FaultMode>();
  const modeOf = (name: SubscriberName) => modes.get(name) ?? 'well';
  return {
    modeOf,
    set: async (name, mode) => {
      modes.set(name, mode);
      const poller = (await controls)[name];
      if (mode === 'off') await poller.pause();
      else poller.resume();
    },
    wrap: (name, handler) => {
      const broken = buildBroken(name, environmentOf(name), platformOf(name));
      return (event, context) => (modeOf(name) === 'failing' ? broken : handler)(event, context);
    },
  };
}

/** The subscriber as it would be without its table: each event becomes a dead letter by the very code that makes one. */
function buildBroken(
  name: SubscriberName,
  environment: Record<string, string>,
  platform: Platform,
): QueueHandler {
  const { QUEUE_URL = '', DEAD_LETTER_QUEUE_URL = '' } = environment;
  const config = { QUEUE_URL, DEAD_LETTER_QUEUE_URL, RETRY_SCALE: 0 };
  return buildQueueHandler(queueDependencies(config, platform), {
    unit: name,
    contracts: subscriptions
      .filter(({ subscriber }) => subscriber === name)
      .flatMap(({ detailTypes }) => detailTypes.map((type) => eventContracts[type])),
    handle: async () => {
      throw new PermanentError(`${name} is broken on purpose (POST /dev/faults)`);
    },
  });
}
