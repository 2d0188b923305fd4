import { mapConcurrently } from '@cloudnestle/runtime/map-concurrently';
import type { Call } from './call.ts';

export interface Replay {
  durationMs: number;
  /** Calls that AWS refused: conditional writes that raced with one another. */
  refused: number;
}

/** Sends recorded calls again in their order, `concurrency` at a time. */
export async function replayCalls(
  calls: readonly Call[],
  send: (call: Call) => Promise<unknown>,
  concurrency: number,
): Promise<Replay> {
  let refused = 0;
  const startedAt = performance.now();
  await mapConcurrently(calls, concurrency, async (call) => {
    try {
      await send(call);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException'))
        throw error;
      refused += 1;
    }
  });
  return { durationMs: performance.now() - startedAt, refused };
}
