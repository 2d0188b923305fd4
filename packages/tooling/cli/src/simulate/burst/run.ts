import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { beginAction } from '../../operator/action-log.ts';
import { confirmChange } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { print, tell } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { refuseProduction } from '../refuse-production.ts';
import { type BuyDependencies, connectControl } from './buy.ts';
import { makePayments, type Payment, type PaymentOptions } from './make-payments.ts';
import {
  checkShares,
  createSeededRandom,
  describePlan,
  type PlannedPayment,
  planPayments,
  type Shares,
} from './plan-payments.ts';
import { countStandings, formatBurst, summarise } from './summary.ts';

export interface BurstOptions extends Shares {
  concurrency: number;
  /** Payments begun in a second at most. */
  rate?: number;
  seed?: number;
  /** Seconds. */
  wait: number;
  sweep?: boolean;
  yes?: boolean;
  stage?: string;
  json?: boolean;
}

/** More than these are asked about. */
const ASKS_ABOVE = 100;
const SEEDS = 2 ** 32;

/** Plans, asks, lets the buyers pay, prints what became of it, and sets the exit status. */
export async function runBurst(count: number, options: BurstOptions): Promise<void> {
  checkShares(options);
  const stage = await readEnvironment();
  refuseProduction(stage.stage);
  const finish = await connectControl(stage);
  const platform = createCommandPlatform();
  const run = platform.newId().slice(0, 8);
  const { seed = platform.randomInt(SEEDS), sweep: isSwept = false } = options;
  const planned = planPayments(count, options, createSeededRandom(seed));
  const plan = describePlan(planned);
  const operator = await openOperator(stage);
  const buyers = `the demo buyers sim-${run}-1 to sim-${run}-${count}`;
  const what = `Make ${buyers}: ${plan}${isSwept ? '; then sweep' : ''}.`;
  const target = { run, seed, plan, sweep: isSwept };
  const why = await confirmChange(operator, { what, asks: count > ASKS_ABOVE }, options);
  const begun = await beginAction(operator, { action: 'simulate burst', target, why });

  const deps = { stage, finish, dynamo: createDynamoClient() };
  const sweep = isSwept ? () => sweepOnce(stage, platform) : undefined;
  const payments = await watchPayments(deps, planned, { ...options, run, sweep });
  const summary = summarise(payments, { isSwept });
  const counts = countStandings(payments);
  await begun.end('DONE', { target, counts });
  const facts = { run, seed, isSwept };
  print(options.json ? { stage: stage.stage, ...facts, ...summary } : formatBurst(summary, facts));
  if (!summary.isDone) shell().status = 1;
}

/** Makes the payments under a bar. */
function watchPayments(
  deps: BuyDependencies,
  planned: readonly PlannedPayment[],
  options: Pick<BurstOptions, 'concurrency' | 'rate' | 'wait'> &
    Pick<PaymentOptions, 'run' | 'sweep'>,
): Promise<Payment[]> {
  const { run, sweep, concurrency, rate, wait } = options;
  const progress = createProgress(`Paying on ${deps.stage.stage}`);
  let done = 0;
  const show = () => progress.show({ found: planned.length, done });
  show();
  return makePayments(deps, planned, {
    run,
    sweep,
    concurrency,
    perSecond: rate,
    waitMs: wait * 1000,
    onDone: () => {
      done += 1;
      show();
      // Before the sweep shows one of its own.
      if (done === planned.length) progress.end();
    },
  });
}

const TIMEOUT_MS = 10 * 60_000;
/** A sandbox takes more questions than a real gateway. */
const CALLS_PER_SECOND = 200;

/** One sweep over all open orders of the stage. A sweep that fails is said; what it did not settle shows as open. */
async function sweepOnce(stage: EnvironmentSecret, platform: Platform): Promise<void> {
  const sweep = buildSweep(toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }), platform);
  const progress = createProgress(`Sweeping ${stage.stage}`);
  try {
    const runId = platform.newId();
    await sweep({ runId, timeoutMs: TIMEOUT_MS, scope: 'all', onProgress: progress.show });
  } catch (error) {
    tell(`The sweep ended early (${describeError(error)}).`);
  } finally {
    progress.end();
  }
}
