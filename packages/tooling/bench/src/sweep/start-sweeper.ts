import { buildSweep } from '@cloudnestle/operations/sweep/build-sweep';
import type { SweepSummary } from '@cloudnestle/operations/sweep/run-sweep';
import { createPlatform } from '@cloudnestle/runtime/platform';
import { pointSdkAt } from '../child-process.ts';
import type { Calls, SweptCloud } from './start-cloud.ts';

/** What the function has. */
const TIMEOUT_MS = 50_000;
/** The rate limit spares the gateway; here it would hide what is measured. */
const noLimit = { GATEWAY_CALLS_PER_SECOND: '1000000' };

/** The sweep on one cloud, composed as it is deployed. */
export interface Sweeper {
  /** Puts the orders back; before every sweep. */
  makeDue(): Promise<void>;
  /** One sweep over all orders, in milliseconds. Throws where it was not that, or made calls besides those it needs. */
  sweepMs(): Promise<number>;
}

/** `due`: the cloud's pending orders. One sweep is done before this resolves. */
export async function startSweeper(cloud: SweptCloud, due: number): Promise<Sweeper> {
  pointSdkAt(cloud.address);
  const sweep = buildSweep(
    { ...cloud.address.environment, ...noLimit },
    createPlatform('reconciliation'),
  );
  const sweepMs = async () => {
    const startedAt = performance.now();
    const summary = await sweep({ runId: 'bench', timeoutMs: TIMEOUT_MS, scope: 'due' });
    const ms = performance.now() - startedAt;
    checkSweep(summary, await cloud.calls(), due);
    return ms;
  };
  await cloud.makeDue();
  // Clients take the endpoint from the environment at their first call and keep it: from here on another one may change it.
  await sweepMs();
  return { makeDue: cloud.makeDue, sweepMs };
}

/** All orders claimed and asked about, nothing decided, through the index of open orders and no other way. */
function checkSweep(summary: SweepSummary, calls: Calls, expected: number): void {
  const { due, outcome, ...counts } = summary;
  const isFull = due === expected && outcome === 'done';
  if (!isFull || Object.values(counts).some((count) => count > 0)) {
    throw new Error(`a sweep over ${expected} pending orders said ${JSON.stringify(summary)}`);
  }
  const needed = ['dynamodb:Query', 'dynamodb:UpdateItem', 'secretsmanager:GetSecretValue'];
  const isLean = Object.keys(calls).every((call) => needed.includes(call));
  if (!isLean || calls['dynamodb:UpdateItem'] !== expected) {
    throw new Error(`a sweep over ${expected} pending orders made calls ${JSON.stringify(calls)}`);
  }
}
