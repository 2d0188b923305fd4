import { addCivilMonths } from '@cloudnestle/payments/access/civil-months';
import { defaultTableNames } from '@cloudnestle/topology/tables';
import { createChance } from '../chance/create-chance.ts';
import type { FaultLevel } from '../faults/create-weather.ts';
import { allInvariants } from '../invariants/all.ts';
import type { Calm, Simulation, Trace } from '../parts/simulation.ts';
import { CHECKED_AFTER_HOURS, type Violation } from '../parts/watch.ts';
import { registerBuyer } from '../people/buyer.ts';
import { liveAsBuyer } from '../people/live-as-buyer.ts';
import { liveWithPasses } from '../people/live-with-passes.ts';
import { startOperator } from '../people/operators.ts';
import { startPerson } from '../people/person.ts';
import { startRefundDesk } from '../people/refund-desk.ts';
import { startRotations } from '../people/rotate-secrets.ts';
import { startStranger } from '../people/strangers.ts';
import type { CoverageCounts } from '../tally/create-coverage.ts';
import { installNodeClock } from '../time/node-clock.ts';
import { createSimulation } from './create-simulation.ts';

export interface EpisodeOptions {
  seed: number;
  level: FaultLevel;
  buyers: number;
  /** Whether buyers buy passes, which end a month later. Undefined: the seed says so, of one episode in eight. */
  passes?: boolean | undefined;
  /** Operators who pay back; undefined: one. */
  desks?: number | undefined;
  trace?: (nowMs: () => number) => Trace;
}

/** What one episode was, as plain data. */
export interface EpisodeResult {
  seed: number;
  level: FaultLevel;
  buyers: number;
  passes: boolean;
  desks: number | undefined;
  /** Orders that the gateway opened, and those that were paid. */
  orders: number;
  paid: number;
  /** What functions asked the gateway to pay back, and how much of it went back in the end. */
  refunds: number;
  paidBackInPaisa: number;
  steps: number;
  violations: readonly Violation[];
  coverage: CoverageCounts;
  /** Virtual time, in hours. */
  hours: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Buyers come at about this pace. */
const BUYERS_A_MINUTE = 8;
/** After the last one has come, faults go on for so long. */
const AFTERMATH_MS = 40 * MINUTE_MS;
/** Then nothing fails any more, and everything must settle within this time: the last look for late money is after 72 h. */
const QUIET_MS = 100 * HOUR_MS;

/** So long before the first pass can end, buyers come again. */
const BEFORE_THE_ENDS_MS = 30 * MINUTE_MS;
const PASSES_SHARE = 0.125;

/**
 * One episode: a new world, buyers and their payments under changing weather, a quiet time, and the account of it. All of
 * it follows from the seed.
 */
export async function runEpisode(options: EpisodeOptions): Promise<EpisodeResult> {
  const { seed, level, buyers, desks = 1, trace } = options;
  const chance = createChance(seed, 'episode');
  const startMs = Date.UTC(2026, 0, 5) + Math.floor(chance.fraction() * 300 * DAY_MS);
  const rushMs = (buyers / BUYERS_A_MINUTE) * MINUTE_MS;
  const busyMs = rushMs + AFTERMATH_MS;
  const calm = drawCalm(options, startMs, busyMs);
  const quietFromMs = calm ? calm.untilMs + BEFORE_THE_ENDS_MS + busyMs : startMs + busyMs;
  const simulation = createSimulation({
    seed,
    level,
    startMs,
    quietFromMs,
    calm,
    ...(trace ? { trace } : {}),
  });
  for (const create of allInvariants) simulation.watch.add(create(simulation));
  const uninstall = installNodeClock(simulation.scheduler);
  try {
    for (let number = 1; number <= buyers; number += 1) {
      const buyer = registerBuyer(simulation, number);
      simulation.truth.add(buyer);
      const delayMs = chance.fraction() * rushMs;
      startPerson(simulation, buyer.userId, delayMs, (person) =>
        calm ? liveWithPasses(simulation, person, buyer) : liveAsBuyer(simulation, person, buyer),
      );
    }
    startStranger(simulation, quietFromMs);
    startRotations(simulation, quietFromMs);
    startOperator(simulation, quietFromMs + 3 * HOUR_MS);
    for (let number = 1; number <= desks; number += 1) {
      startRefundDesk(simulation, number, quietFromMs + 3 * HOUR_MS);
    }
    for (const hours of CHECKED_AFTER_HOURS) {
      const { scheduler, network, watch } = simulation;
      const delayMs = quietFromMs - startMs + hours * HOUR_MS;
      scheduler.after(delayMs, network, () => watch.afterHours(hours));
    }
    const settledMs = quietFromMs + QUIET_MS;
    await simulation.scheduler.run(() => isOver(simulation, settledMs));
    if (simulation.watch.error !== undefined) throw simulation.watch.error;
    if (simulation.watch.violations.length === 0) simulation.watch.end();
    if (calm) {
      // Until the passes have ended that were bought again, or twice: what follows is looked at all the time.
      const lastMs = addCivilMonths(new Date(startMs), 2).getTime() + 2 * DAY_MS;
      await simulation.scheduler.run(() => isOver(simulation, lastMs));
    }
  } finally {
    uninstall();
  }
  return describe(simulation, options, startMs);
}

/** The weeks between buying passes and the first of their ends; undefined in an episode without passes. */
function drawCalm(
  { seed, passes }: EpisodeOptions,
  startMs: number,
  busyMs: number,
): Calm | undefined {
  const isHit = createChance(seed, 'passes').isHit(PASSES_SHARE);
  if (!(passes ?? isHit)) return undefined;
  const untilMs = addCivilMonths(new Date(startMs), 1).getTime() - BEFORE_THE_ENDS_MS;
  return { fromMs: startMs + busyMs, untilMs };
}

function isOver({ scheduler, watch }: Simulation, endMs: number): boolean {
  return scheduler.nowMs() >= endMs || watch.violations.length > 0 || watch.error !== undefined;
}

function describe(
  simulation: Simulation,
  { seed, level, buyers, desks }: EpisodeOptions,
  startMs: number,
): EpisodeResult {
  const { gateway, scheduler, watch, coverage, calm } = simulation;
  const orders = gateway.engine.orders.list();
  const { refunds, paidBackInPaisa } = countRefunds(simulation);
  return {
    seed,
    level,
    buyers,
    passes: calm !== undefined,
    desks,
    orders: orders.length,
    paid: orders.filter(({ state }) => state === 'COMPLETED').length,
    refunds,
    paidBackInPaisa,
    steps: scheduler.stepCount,
    violations: watch.violations,
    coverage: coverage.counts(),
    hours: (scheduler.nowMs() - startMs) / HOUR_MS,
  };
}

/** Refunds of the gateway's dashboard have no row of origin OPERATOR. */
function countRefunds({ gateway, aws }: Simulation) {
  const asked = gateway.engine.refunds.list().filter(({ merchantRefundId: refundId }) => {
    return aws.dynamo.peek(defaultTableNames.refunds, { refundId })?.origin === 'OPERATOR';
  });
  const paidBackInPaisa = asked
    .filter(({ state }) => state === 'COMPLETED')
    .reduce((sum, { amountInPaisa }) => sum + amountInPaisa, 0);
  return { refunds: asked.length, paidBackInPaisa };
}
