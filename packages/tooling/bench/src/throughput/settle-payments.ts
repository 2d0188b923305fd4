import type { LocalRun } from '@cloudnestle/dev/start';
import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import { buildInvocation, type Invocation } from '../build-invocation.ts';
import type { PaidOrder } from '../local-run/checkout.ts';
import { waitForEffects } from '../local-run/wait-for-effects.ts';

export interface Settled {
  /** From the first webhook to the last effect of all. */
  durationMs: number;
  /** Webhooks and records that did not succeed at once. */
  repeated: number;
}

const TIMEOUT_MS = 120_000;

/** Delivers the orders' webhooks, `concurrency` at a time, and waits for every effect. */
export async function settlePayments(
  run: LocalRun,
  orders: readonly PaidOrder[],
  concurrency: number,
): Promise<Settled> {
  const invocations = await Promise.all(orders.map(buildInvocation));
  const retriedBefore = run.timeline.counted('RecordRetried');
  const startedAtMs = Date.now();
  const ids = orders.map(({ transactionId }) => transactionId);
  const [lastAtMs, tries] = await Promise.all([
    waitForEffects(run.timeline, ids, { timeoutMs: TIMEOUT_MS }),
    mapConcurrently(invocations, concurrency, (invocation) => deliver(run, invocation)),
  ]);
  const webhooksRepeated = tries.reduce((sum, count) => sum + count, 0) - orders.length;
  return {
    durationMs: lastAtMs - startedAtMs,
    repeated: run.timeline.counted('RecordRetried') - retriedBefore + webhooksRepeated,
  };
}

const TRIES = 5;

/**
 * Delivers one webhook and returns how many tries it took. As the gateway does, it comes back after a 503: the answer of
 * a machine too busy for the webhook's deadline.
 */
async function deliver(run: LocalRun, { event, context }: Invocation): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const { statusCode } = await run.handlers.webhook(event, context);
    if (statusCode === 200) return tries;
    if (statusCode !== 503 || tries === TRIES) {
      throw new Error(`the webhook answered ${statusCode}`);
    }
  }
}
