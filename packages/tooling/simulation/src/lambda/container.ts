import type { ClientFactories } from '@cloudnestle/runtime/clients/factories';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { FunctionName } from '@cloudnestle/topology/types';
import type { Chance } from '../chance/create-chance.ts';
import { createClients } from '../clients/create-clients.ts';
import type { Container } from '../parts/container.ts';
import type { Simulation } from '../parts/simulation.ts';
import { Actor } from '../time/actor.ts';

/** Between two waits, in ordinary weather: how much rarer a container dies than a call fails. */
const KILL_SHARE = 0.08;
const STALL_SHARE = 0.06;
const LONGEST_STALL_MS = 4 * 60_000;

/** Starts a container, without the function's code. */
export function createContainer(
  simulation: Simulation,
  functionName: FunctionName | string,
): Container {
  const { chance } = simulation;
  const id = simulation.nextContainer();
  const actor = new Actor(`${functionName}/${id}`, () => meetFate(simulation, container));
  const container: Container = {
    functionName,
    actor,
    skewMs: drawSkewMs(simulation, functionName, chance),
    running: undefined,
    wasHeldUp: false,
    get platform() {
      return platform;
    },
  };
  const platform = createPlatformOf(simulation, container, createClients(simulation, container));
  return container;
}

/** Whenever its code is about to go on it may die instead, or be held up. */
function meetFate(simulation: Simulation, container: Container): void {
  const { running, actor, functionName } = container;
  if (!running) return;
  const { faults, scheduler, chance } = simulation;
  if (faults.happens('killed', 'lambda', KILL_SHARE, functionName)) {
    simulation.trace.tell(actor.name, 'killed');
    running.crash();
    return;
  }
  if (!faults.happens('stalled', 'lambda', STALL_SHARE, functionName)) return;
  actor.freeze();
  container.wasHeldUp = true;
  simulation.trace.tell(actor.name, 'stalled');
  // Mostly for less than the function may run: then it goes on among those that came meanwhile.
  const stalledMs = chance.fraction() ** 5 * LONGEST_STALL_MS;
  scheduler.after(stalledMs, simulation.lambda, () => {
    // Meanwhile it may have run out of time, and another invocation may have come.
    if (container.running === running) scheduler.thaw(actor);
  });
}

function drawSkewMs(simulation: Simulation, functionName: string, chance: Chance): number {
  if (!simulation.faults.happens('clockOff', 'lambda', 8, functionName)) return 0;
  return Math.round(chance.between(-8_000, 8_000));
}

/** What a container's code takes from the world. */
function createPlatformOf(
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
