import { setTimeout as sleep } from 'node:timers/promises';
import { plansResponseSchema } from '@cloudnestle/contracts/http/plans';
import { parseJson } from '@cloudnestle/contracts/json';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { countMessages } from '@cloudnestle/operations/letters/stage-queues';
import { connectRefundDesk } from '@cloudnestle/operations/refunds/connect-refund-desk';
import { requestRefund } from '@cloudnestle/operations/refunds/request-refund';
import { toVariables } from '@cloudnestle/operations/stage-variables';
import { istDay } from '@cloudnestle/payments/ist';
import { createDynamoClient } from '@cloudnestle/runtime/clients/dynamo';
import { openLetters } from '../../dlq/stage-letters.ts';
import { createCommandPlatform } from '../../environment/function-parts.ts';
import { readEnvironment } from '../../environment/read-environment.ts';
import { makeChange } from '../../operator/confirm-change.ts';
import { openOperator } from '../../operator/operator.ts';
import { untilInterrupted } from '../../operator/until-interrupted.ts';
import { print } from '../../output/print.ts';
import { createProgress } from '../../output/show-progress.ts';
import { shell } from '../../shell.ts';
import { type BuyDependencies, connectControl } from '../burst/buy.ts';
import { fates } from '../burst/fates.ts';
import { makePayments, type Payment } from '../burst/make-payments.ts';
import { type BoughtPlan, createSeededRandom } from '../burst/plan-payments.ts';
import { call, routeUrl } from '../call-stage.ts';
import { refuseProduction } from '../refuse-production.ts';
import { DAYS, type MonthStep, planMonth, type RefundPlan, STEPS_A_DAY } from './plan-month.ts';
import { connectClock, type StageClock } from './run-clock.ts';

export interface MonthOptions {
  orders: number;
  seed?: number;
  concurrency: number;
  yes?: boolean;
  stage?: string;
  json?: boolean;
}

const SEEDS = 2 ** 32;
/** An outcome that a webhook tells of is there within seconds; what is not is the sweep's. */
const WAIT_MS = 10_000;
/** The gateway is asked for its limits alone. */
const CALLS_PER_SECOND = 1;
/** A refund is asked about 30 s, 2 min and 10 min after it was sent. */
const LAST_HOURS = [1, 1];

/**
 * Lets a month pass on a run of this machine: buyers click, pay, fail and get money back, and its clock moves on between
 * them. Everything is done as buyers and operators do it, over HTTP and by the same code; no row is written past the services.
 */
export async function runMonth(options: MonthOptions): Promise<void> {
  const stage = await readEnvironment();
  refuseProduction(stage.stage);
  const finish = await connectControl(stage);
  const clock = await connectClock(stage.apiUrl);
  const platform = createCommandPlatform();
  const { orders, concurrency, seed = platform.randomInt(SEEDS) } = options;
  const run = platform.newId().slice(0, 8);
  const from = await clock.now();
  const plans = await listPlans(stage);
  const steps = planMonth(orders, { from, plans, random: createSeededRandom(seed) });
  const operator = await openOperator(stage);
  const counts = { orders: 0, paid: 0, refunds: 0 };
  const change = {
    action: 'simulate month',
    what: `Let ${orders} demo buyers (sim-${run}-…) order over ${DAYS} days, and move the clock of this run on by as much.`,
    asks: true,
    target: { run, seed },
    counts,
  };
  const deps = { stage, finish, dynamo: createDynamoClient() };
  await makeChange(operator, change, options, () =>
    live({ deps, clock, steps, run, concurrency, counts, caller: operator.caller }),
  );
  const result = {
    ...{ stage: stage.stage, run, seed, ...counts },
    from: istDay(from),
    to: istDay(await clock.now()),
  };
  print(options.json ? result : format(result));
  if (counts.orders < orders) shell().status ??= 1;
}

interface Month {
  deps: BuyDependencies;
  clock: StageClock;
  steps: readonly MonthStep[];
  run: string;
  concurrency: number;
  counts: { orders: number; paid: number; refunds: number };
  /** Who asks for refunds. */
  caller: string;
}

async function live(month: Month): Promise<void> {
  const { deps, clock, steps, run, concurrency, counts } = month;
  const signal = untilInterrupted();
  const untilQuiet = createQuiet(deps.stage, signal);
  const progress = createProgress('A month passes');
  const found = steps.reduce((sum, { payments }) => sum + payments.length, 0);
  const paid: Paid[] = [];
  /** Since the last buyers came: hours in which none comes pass at once. */
  let hours = 0;
  const pass = async () => {
    if (hours > 0) await clock.advance(hours);
    hours = 0;
  };
  try {
    for (const [at, { payments, refunds }] of steps.entries()) {
      if (signal.aborted) return;
      if (payments.length > 0) await pass();
      hours += 24 / STEPS_A_DAY;
      if (payments.length === 0) continue;
      const made = await makePayments(deps, payments, {
        run: `${run}-${at + 1}`,
        concurrency,
        perSecond: undefined,
        waitMs: WAIT_MS,
        sweep: undefined,
        onDone: () => {
          counts.orders += 1;
          progress.show({ found, done: counts.orders });
        },
      });
      const bought = made.flatMap(toPaid);
      counts.paid += bought.length;
      paid.push(...bought);
      counts.refunds += await payBack(month, refunds, paid);
      // What is under way would seem to have taken hours.
      await untilQuiet();
    }
    await pass();
    for (const last of LAST_HOURS) await clock.advance(last);
  } finally {
    progress.end();
  }
}

const QUIET_EVERY_MS = 100;
/** What takes longer waits for a retry: that comes by itself, hours later by the run's clock. */
const LONGEST_NOISE_MS = 3_000;
/** Those that are at work at once after a payment. */
const quick: readonly string[] = ['tiers', 'entitlements', 'reconciliation', 'notifications'];

/**
 * Resolves once these subscribers have no message that waits or is being worked on, but for those that had waited for a retry
 * the last time already.
 */
function createQuiet(stage: EnvironmentSecret, signal: AbortSignal): () => Promise<void> {
  const sources = openLetters(stage).sources.filter(({ queue }) => quick.includes(queue.name));
  const count = async (): Promise<number> => {
    const counts = await Promise.all(
      sources.flatMap(({ sqs, queue: { liveUrl } }) =>
        liveUrl === undefined ? [] : [countMessages(sqs, liveUrl)],
      ),
    );
    return counts.reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
  };
  let retrying = 0;
  return async () => {
    const until = Date.now() + LONGEST_NOISE_MS;
    let left = await count();
    while (left > retrying && !signal.aborted && Date.now() < until) {
      await sleep(QUIET_EVERY_MS, undefined, { signal }).catch(() => undefined);
      left = await count();
    }
    retrying = left;
  };
}

interface Paid {
  transactionId: string;
  amountInPaisa: number;
}

/** What is to be paid back is chosen among those that are known to be paid. */
function toPaid({ fate, transactionId, standing, amountInPaisa }: Payment): Paid[] {
  const isPaid = standing.kind === 'settled' && fates[fate].ends === 'COMPLETED';
  return isPaid && transactionId !== undefined && amountInPaisa !== undefined
    ? [{ transactionId, amountInPaisa }]
    : [];
}

/** Asks for refunds at the time that it is in the run. An order is paid back once. */
async function payBack(
  { deps: { stage }, clock, caller }: Month,
  refunds: readonly RefundPlan[],
  paid: Paid[],
): Promise<number> {
  if (refunds.length === 0) return 0;
  const now = await clock.now();
  const platform = { ...createCommandPlatform(), now: () => now };
  const desk = connectRefundDesk(
    toVariables(stage, { callsPerSecond: CALLS_PER_SECOND }),
    platform,
  );
  let asked = 0;
  for (const { at, share } of refunds) {
    const [order] = paid.splice(Math.floor(at * paid.length), 1);
    if (!order) break;
    const { transactionId, amountInPaisa } = order;
    const wish = {
      transactionId,
      reason: 'BUYER_REQUEST' as const,
      idempotencyKey: platform.newId(),
      ...(share < 1 ? { amountInPaisa: Math.max(Math.round(amountInPaisa * share), 100) } : {}),
    };
    const result = await requestRefund(desk, wish, {
      requester: { by: caller, origin: 'OPERATOR' },
      trigger: { producer: 'cli', causationId: platform.newId() },
    });
    if (result.kind === 'refund' && result.refund.refusal === undefined) asked += 1;
  }
  return asked;
}

/** What is on sale, what is bought for ever first: most buy that. */
async function listPlans(stage: EnvironmentSecret): Promise<BoughtPlan[]> {
  const answer = await call(routeUrl(stage.apiUrl, 'plans'));
  const body = answer.kind === 'answered' ? parseJson(answer.body) : undefined;
  const { plans } = plansResponseSchema.safeParse(body).data ?? { plans: [] };
  return plans
    .toSorted((a, b) => Number(b.period === 'ONE_TIME') - Number(a.period === 'ONE_TIME'))
    .map(({ tier, planId }) => ({ tier, planId }));
}

function format(result: { run: string; seed: number; from: string; to: string } & Month['counts']) {
  const { orders, paid, refunds, from, to, seed } = result;
  return [
    `${orders} orders from ${from} to ${to}: ${paid} paid at once, ${refunds} refunds asked for. Again: --seed ${seed}`,
    `The revenue of these days: /console/revenue?from=${from}&to=${to}`,
    `The run's clock stays there: what is new now is of ${to}.`,
  ].join('\n');
}
