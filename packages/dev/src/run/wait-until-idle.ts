import { setTimeout as delay } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import { countMessages } from '../event-source/read-queue.ts';
import type { GatewayServer } from '../gateway/listen.ts';
import type { Poller } from './start-pollers.ts';

export interface IdleDependencies {
  sqs: SQSClient;
  gateway: GatewayServer;
  sandbox: Sandbox;
  pollers: readonly Poller[];
  /** Aborted when the run stops. */
  signal: AbortSignal;
}

/** An event on its way from bus to queue is in neither for a moment: only two quiet looks in a row count. */
const QUIET_LOOKS = 2;
const LOOK_AGAIN_MS = 20;

/**
 * Resolves when no request is open, no webhook delivery is pending, every queue is empty and no batch is being worked
 * on. Queues of paused subscribers are not waited for, dead letters neither. Rejects when the run is stopped.
 */
export async function waitUntilIdle(dependencies: IdleDependencies): Promise<void> {
  const { signal, sandbox, pollers } = dependencies;
  const stopped = aborted(signal);
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    signal.throwIfAborted();
    await Promise.race([sandbox.deliveries.settled(), stopped]);
    await Promise.race([Promise.all(pollers.map((poller) => poller.settled())), stopped]);
    signal.throwIfAborted();
    quiet = (await isQuiet(dependencies)) ? quiet + 1 : 0;
    if (quiet < QUIET_LOOKS) await delay(LOOK_AGAIN_MS, undefined, { signal });
  }
}

async function isQuiet({ sqs, gateway, pollers }: IdleDependencies): Promise<boolean> {
  if (gateway.openRequests() > 0) return false;
  const awake = pollers.filter((poller) => !poller.isPaused());
  const before = batches(pollers);
  const counts = await Promise.all(awake.map(({ queueUrl }) => countMessages(sqs, queueUrl)));
  return counts.every((count) => count === 0) && batches(pollers) === before;
}

function batches(pollers: readonly Poller[]): number {
  return pollers.reduce((sum, poller) => sum + poller.batchCount(), 0);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
