import type { SimulatedAws } from '../aws/create-aws.ts';
import type { Chance } from '../chance/create-chance.ts';
import type { Faults } from '../faults/create-faults.ts';
import type { Coverage } from '../tally/create-coverage.ts';
import type { Actor } from '../time/actor.ts';
import type { Scheduler } from '../time/scheduler.ts';
import type { GatewayModel } from './gateway.ts';
import type { HttpFront } from './http.ts';
import type { Trace } from './trace.ts';
import type { Truth } from './truth.ts';
import type { Watch } from './watch.ts';

/** One world under simulation: everything that its parts know of each other. */
export interface Simulation {
  scheduler: Scheduler;
  /** From then on nothing fails any more. */
  quietFromMs: number;
  /** Latencies, orders, and what the services themselves leave to chance. */
  chance: Chance;
  faults: Faults;
  coverage: Coverage;
  trace: Trace;
  /** Sees everything that can be seen, and holds it to the rules. */
  watch: Watch;
  aws: SimulatedAws;
  truth: Truth;
  gateway: GatewayModel;
  front: HttpFront;
  ids: { next(): string };
  /** Numbers the containers. */
  nextContainer(): number;
  /** AWS's and the gateway's side of the wires. */
  network: Actor;
  /** Lambda itself, its pollers and its schedule. */
  lambda: Actor;
  gatewayActor: Actor;
}
