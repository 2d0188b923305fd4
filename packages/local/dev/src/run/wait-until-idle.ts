import { setTimeout as delay } from 'node:timers/promises';
import type { LostEvent } from '@cloudnestle/local-aws/start';
import type { Sandbox } from '@cloudnestle/phonepe-sandbox/create-sandbox';
import type { MessageCounts } from '../event-source/read-queue.ts';
import type { HttpApiServer } from '../http-api/listen.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Poller } from './start-pollers.ts';

export interface IdleDependencies {
  countMessages(queueUrl: string): Promise<MessageCounts>;
  server: HttpApiServer;
  sandbox: Sandbox;
  pollers: readonly Poller[];
  scheduler: Pick<Scheduler, 'runCount' | 'settled'>;
  /** Accepted events that reach no queue; none where the run uses an endpoint that was given to it. */
  lostEvents: readonly LostEvent[];
  /** Lets so much time pass where messages are hidden and nothing else is left to be done; default: it is waited out. */
  passTime: ((ms: number) => void) | undefined;
  /** Aborted when the run stops. */
  signal: AbortSignal;
}

/** An event on its way from bus to queue is in neither for a moment: only two quiet looks in a row count. */
const QUIET_LOOKS = 2;
const LOOK_AGAIN_MS = 20;
const PASS_MS = 5000;

type Sight = 'quiet' | 'only hidden' | 'busy';

/**
 * Resolves when no request is open, no webhook delivery is pending, every queue is empty, and neither a batch nor a
 * scheduled run is being worked on. Queues of paused subscribers are not waited for, dead-letter queues neither. Rejects when
 * the run is stopped, and when an event was lost: what waits for its effects would see none, and no reason.
 */
export async function waitUntilIdle(dependencies: IdleDependencies): Promise<void> {
  const { signal, sandbox, pollers, scheduler } = dependencies;
  const stopped = aborted(signal);
  for (let quiet = 0, hidden = 0; quiet < QUIET_LOOKS; ) {
    signal.throwIfAborted();
    await Promise.race([sandbox.deliveries.settled(), stopped]);
    const work = [...pollers, scheduler].map((each) => each.settled());
    await Promise.race([Promise.all(work), stopped]);
    signal.throwIfAborted();
    const sight = await look(dependencies);
    quiet = sight === 'quiet' ? quiet + 1 : 0;
    hidden = sight === 'only hidden' ? hidden + 1 : 0;
    if (hidden > QUIET_LOOKS) dependencies.passTime?.(PASS_MS);
    if (quiet < QUIET_LOOKS) await delay(LOOK_AGAIN_MS, undefined, { signal });
  }
  const [lost] = dependencies.lostEvents;
  if (lost) throw new Error(`the event ${lost.detailType} ${lost.eventId} is lost: ${lost.why}`);
}

async function look(dependencies: IdleDependencies): Promise<Sight> {
  const { countMessages, server, pollers } = dependencies;
  if (server.openRequests() > 0) return 'busy';
  const awake = pollers.filter((poller) => !poller.isPaused());
  const before = countWork(dependencies);
  const counts = await Promise.all(awake.map(({ queueUrl }) => countMessages(queueUrl)));
  const isBusy = counts.some(({ visible }) => visible > 0) || countWork(dependencies) !== before;
  if (isBusy) return 'busy';
  return counts.some(({ hidden }) => hidden > 0) ? 'only hidden' : 'quiet';
}

/** Batches and scheduled runs started so far. */
function countWork({ pollers, scheduler }: IdleDependencies): number {
  return pollers.reduce((sum, poller) => sum + poller.batchCount(), scheduler.runCount());
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}
