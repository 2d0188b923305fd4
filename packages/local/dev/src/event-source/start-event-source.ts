import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '@cloudnestle/runtime/errors';
import { createGate } from './create-gate.ts';
import { type InvokeDependencies, invokeBatch } from './invoke-batch.ts';
import type { ReceivedMessage } from './message.ts';
import { planBackoffMs } from './plan-backoff.ts';
import { receiveBatch } from './receive-batch.ts';

export interface EventSourceOptions extends InvokeDependencies {
  /** 1 to 10. */
  batchSize: number;
  batchWindowSeconds: number;
  /** Batches that may be worked on at once; nothing is received while there is no room. */
  maximumConcurrency: number;
  /** Default 20, as Lambda polls. Shorter polls make `pause` quicker. */
  longPollSeconds?: number;
}

export interface EventSource {
  /** Resolves once nothing is received any more; running invocations go on. */
  pause(): Promise<void>;
  resume(): void;
  isPaused(): boolean;
  /** Batches received so far. */
  batchCount(): number;
  /** Resolves when no batch is being worked on. */
  settled(): Promise<void>;
  /** Ends a long poll at once, then waits for running invocations, at most `waitMs`. */
  stop(options: { waitMs: number }): Promise<void>;
}

/** Feeds a queue to a function the way Lambda's event source mapping does, until it is stopped. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { maximumConcurrency, longPollSeconds = 20, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const gate = createGate();
  const running = new Set<Promise<void>>();
  let receiving: Promise<unknown> = Promise.resolve();
  let batches = 0;
  let failuresInARow = 0;

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      await gate.passed();
      while (running.size >= maximumConcurrency) await Promise.race(running);
      if (signal.aborted || !gate.isOpen()) continue;
      const round = receiveBatch({ ...options, longPollSeconds, signal }).then(start, backOff);
      receiving = round;
      await round;
    }
  }

  function start(batch: ReceivedMessage[]): void {
    failuresInARow = 0;
    if (batch.length === 0) return;
    batches += 1;
    const work = invokeBatch(options, batch).finally(() => running.delete(work));
    running.add(work);
  }

  async function backOff(error: unknown): Promise<void> {
    if (signal.aborted) return;
    failuresInARow += 1;
    if (failuresInARow === 1) log.warn('queue unreachable', { reason: describeError(error) });
    await delay(planBackoffMs(failuresInARow), undefined, { signal }).catch(() => undefined);
  }

  const polling = poll();
  return {
    pause: async () => {
      gate.close();
      await receiving;
    },
    resume: gate.open,
    isPaused: () => !gate.isOpen(),
    batchCount: () => batches,
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    stop: async ({ waitMs }) => {
      stopping.abort();
      gate.open();
      await receiving;
      await waitAtMost(waitMs, [polling, ...running]);
    },
  };
}

async function waitAtMost(waitMs: number, work: readonly Promise<unknown>[]): Promise<void> {
  const done = new AbortController();
  const late = delay(waitMs, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([Promise.all(work), late]);
  done.abort();
}
