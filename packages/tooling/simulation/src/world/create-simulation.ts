import { topology } from '@cloudnestle/topology/topology';
import { queueUrl } from '../aws/account.ts';
import { type Chance, createChance } from '../chance/create-chance.ts';
import { createLateEffects } from '../clients/late-effects.ts';
import { createFaults } from '../faults/create-faults.ts';
import { createWeather, type FaultLevel } from '../faults/create-weather.ts';
import { createGatewayModel } from '../gateway/create-gateway-model.ts';
import { createPools } from '../lambda/create-pools.ts';
import { createEventSource, type EventSource } from '../lambda/event-source.ts';
import { createHttpFront } from '../lambda/http-front.ts';
import { startSchedule } from '../lambda/schedule.ts';
import type { Calm, Simulation, Trace } from '../parts/simulation.ts';
import { createCoverage } from '../tally/create-coverage.ts';
import { Actor } from '../time/actor.ts';
import { Scheduler } from '../time/scheduler.ts';
import { noTrace } from '../trace/create-trace.ts';
import { createWatch } from '../watch/create-watch.ts';
import { createAwsInWorld } from './create-aws-in-world.ts';
import { createDueWork } from './create-due-work.ts';
import { createTruth } from './create-truth.ts';
import { environmentOf } from './stage.ts';

export interface SimulationOptions {
  seed: number;
  level: FaultLevel;
  startMs: number;
  /** From then on nothing fails any more. */
  quietFromMs: number;
  calm?: Calm | undefined;
  trace?: (nowMs: () => number) => Trace;
}

/** A whole system on virtual time, deployed and idle. */
export function createSimulation(options: SimulationOptions): Simulation {
  const { seed, level, startMs, quietFromMs, calm } = options;
  const chance = createChance(seed, 'world');
  const network = new Actor('network');
  const lambda = new Actor('lambda');
  const gatewayActor = new Actor('gateway');
  const scheduler = new Scheduler(startMs, network);
  const nowMs = () => scheduler.nowMs();
  const coverage = createCoverage();
  const watch = createWatch({ coverage });
  const weather = createWeather(chance.fork('weather'), { startMs, quietFromMs, calm, level });
  const faults = createFaults({ chance: chance.fork('faults'), weather, coverage, nowMs });
  const ids = createIds(chance);
  const sources = new Map<string, EventSource>();
  let containers = 0;

  const aws = createAwsInWorld({
    scheduler,
    chance,
    faults,
    watch,
    network,
    wake: (queue) => sources.get(queue)?.wake(),
  });

  const simulation: Simulation = {
    scheduler,
    quietFromMs,
    calm,
    chance,
    faults,
    coverage,
    trace: options.trace?.(nowMs) ?? noTrace,
    watch,
    aws,
    lateEffects: createLateEffects({ scheduler, network, chance: chance.fork('late') }),
    ids,
    network,
    lambda,
    gatewayActor,
    nextContainer: () => {
      containers += 1;
      return containers;
    },
    get truth() {
      return truth;
    },
    get gateway() {
      return gateway;
    },
    get front() {
      return front;
    },
  };
  const gateway = createGatewayModel(simulation);
  const truth = createTruth(simulation);
  const pools = createPools(simulation, environmentOf);
  const front = createHttpFront(simulation, pools);
  for (const subscription of topology.subscriptions) {
    const { queue, subscriber } = subscription;
    const deps = { pool: pools[subscriber], queueUrl: queueUrl(queue) };
    sources.set(queue, createEventSource(simulation, subscription, deps));
  }
  const dueWork = {
    sweep: createDueWork(watch, 'transactions'),
    refundSweep: createDueWork(watch, 'refunds'),
    invoiceSweep: createDueWork(watch, 'invoices'),
    // It only counts: nothing that buyers have depends on it.
    revenue: { isAnyDue: () => false },
  };
  for (const schedule of topology.schedules) {
    const pool = pools[schedule.function];
    startSchedule(simulation, schedule, {
      pool,
      isIdle: () => !dueWork[schedule.function].isAnyDue(nowMs()),
    });
  }
  return simulation;
}

/** Ids in the shape of UUIDs, no two the same. */
function createIds(chance: Chance): { next(): string } {
  const source = chance.fork('ids');
  let count = 0;
  const digits = (length: number) =>
    source
      .below(16 ** length)
      .toString(16)
      .padStart(length, '0');
  return {
    next: () => {
      count += 1;
      const number = count.toString(16).padStart(12, '0');
      return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${number}`;
    },
  };
}
