import type { ClientFactories } from '@cloudnestle/runtime/clients/factories';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';

/** What a container's code takes from the world. */
export function createPlatformOf(
  simulation: Simulation,
  container: Container,
  clients: ClientFactories,
): Platform {
  const { scheduler, ids, chance, watch } = simulation;
  const isAlive = () => !container.actor.isDead;
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>>): void => {
      if (isAlive()) watch.logged({ container, level, message, fields });
    };
  return {
    clients,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    metrics: {
      count: (name, value = 1) => {
        if (isAlive()) watch.counted(name, value);
      },
      time: () => undefined,
    },
    now: () => new Date(scheduler.nowMs() + container.skewMs),
    newId: ids.next,
    random: chance.fraction,
    randomInt: chance.below,
  };
}
