import { buildHandler } from '@cloudnestle/webhook/composition';
import type { BenchmarkOptions, Findings } from '../benchmark.ts';
import { buildInvocation, type Invocation } from '../build-invocation.ts';
import { median, spreadOfRatios } from '../statistics.ts';
import { takeTurns } from '../turns.ts';
import type { PaidOrder } from './backend-messages.ts';
import { createBareCalls } from './bare-calls.ts';

import { type Backend, startBackend } from './start-backend.ts';

const CALLS_PER_ROUND = 20;
const WARM_UP_ROUNDS = 15;

/** The webhook handler's time over that of the three calls it makes, each for a paid order nobody has settled yet. */
export async function measureWebhook({ quick, progress }: BenchmarkOptions): Promise<Findings> {
  const backend = await startBackend();
  try {
    const sides = await buildSides(backend);
    const rounds = quick ? 5 : 60;
    const pairs: [number, number][] = [];
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      const pair = await measureRound(backend, sides);
      if (round >= 0) pairs.push(pair);
      progress((round + WARM_UP_ROUNDS + 1) / (rounds + WARM_UP_ROUNDS));
    }
    await checkCalls(backend, (rounds + WARM_UP_ROUNDS) * CALLS_PER_ROUND * 2 + 1);
    return toFindings(pairs);
  } finally {
    backend.stop();
  }
}

interface Sides {
  handler(invocation: Invocation): Promise<void>;
  bare(order: PaidOrder): Promise<void>;
}

async function buildSides(backend: Backend): Promise<Sides> {
  const handle = buildHandler(backend.address.environment);
  const handler = async ({ event, context }: Invocation) => {
    const { statusCode, body } = await handle(event, context);
    if (body?.includes('"published"')) return;
    throw new Error(`the webhook answered ${statusCode} and did not publish`);
  };
  const [first] = await backend.paidOrders(1);
  if (first) await handler(await buildInvocation(first));
  const { lastEntry } = await backend.calls();
  if (!lastEntry) throw new Error('the webhook put nothing on the bus');
  return { handler, bare: await createBareCalls(backend.address, lastEntry) };
}

/** The medians of both sides over one round, call by call in turn: what slows the machine down hits both alike. */
async function measureRound(backend: Backend, { handler, bare }: Sides): Promise<[number, number]> {
  const orders = await backend.paidOrders(CALLS_PER_ROUND * 2);
  const times: [number, number][] = [];
  for (let turn = 0; turn < CALLS_PER_ROUND; turn += 1) {
    const [one, other] = orders.slice(turn * 2);
    if (!one || !other) throw new Error('the backend prepared too few orders');
    const invocation = await buildInvocation(one);
    const handlerMs = () => timeMs(() => handler(invocation));
    times.push(await takeTurns(turn, handlerMs, () => timeMs(() => bare(other))));
  }
  return [median(times.map(([first]) => first)), median(times.map(([, second]) => second))];
}

async function timeMs(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The ratio says something only while both sides make the same calls. */
async function checkCalls(backend: Backend, expected: number): Promise<void> {
  const { getItem, orderStatus, putEvents } = await backend.calls();
  if ([getItem, orderStatus, putEvents].every((count) => count === expected)) return;
  throw new Error(
    `expected ${expected} calls of each kind, saw ${getItem} GetItem, ${orderStatus} status, ${putEvents} PutEvents`,
  );
}

function toFindings(pairs: [number, number][]): Findings {
  return {
    measures: [
      {
        what: 'webhook: handler over the calls it makes',
        unit: 'ms',
        measured: median(pairs.map(([handler]) => handler)),
        baseline: median(pairs.map(([, bare]) => bare)),
        ratio: spreadOfRatios(pairs),
        goal: { atMost: 1.1 },
      },
    ],
    notes: [
      `${pairs.length} rounds of ${CALLS_PER_ROUND} paid orders each, call by call in turn, log lines and metrics included; bare: GetItem, order status, PutEvents with SDK clients and a keep-alive agent; cloud and gateway in another process.`,
    ],
  };
}
