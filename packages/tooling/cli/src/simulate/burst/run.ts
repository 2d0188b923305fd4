import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { createCommandPlatform } from '../../environment/create-platform.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { logAction } from '../../operator/action-log.ts';
import { confirmChange } from '../../operator/confirm-change.ts';
import { identifyOperator } from '../../operator/operator.ts';
import { print } from '../../output/print.ts';
import { shell } from '../../shell.ts';
import { refuseProduction } from '../refuse-production.ts';
import { checkShares } from './check-shares.ts';
import { connectControl } from './connect-control.ts';
import { describePlan } from './describe-plan.ts';
import { formatBurst } from './format-burst.ts';
import type { BurstOptions } from './options.ts';
import { planPayments } from './plan-payments.ts';
import { createSeededRandom } from './seeded-random.ts';
import { countStandings, summarise } from './summarise.ts';
import { sweepOnce } from './sweep-once.ts';
import { watchPayments } from './watch-payments.ts';

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
  const operator = await identifyOperator(stage.stage);
  const buyers = `the demo buyers sim-${run}-1 to sim-${run}-${count}`;
  const what = `Make ${buyers}: ${plan}${isSwept ? '; then sweep' : ''}.`;
  await confirmChange(operator, { what, asks: count > ASKS_ABOVE }, options);

  const deps = { stage, finish, dynamo: createDynamoClient() };
  const sweep = isSwept ? () => sweepOnce(stage, platform) : undefined;
  const payments = await watchPayments(deps, planned, { ...options, run, sweep });
  const summary = summarise(payments, { isSwept });
  const counts = countStandings(payments);
  const target = { run, seed, plan, sweep: isSwept };
  await logAction(operator, { action: 'simulate burst', target, counts });
  const facts = { run, seed, isSwept };
  print(options.json ? { stage: stage.stage, ...facts, ...summary } : formatBurst(summary, facts));
  if (!summary.isDone) shell().status = 1;
}
