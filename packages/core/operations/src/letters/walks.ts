import { setInterval } from 'node:timers';
import type { Walker } from '@cloudnestle/contracts/admin/common';
import { WALK_KEY, walkItemSchema } from '@cloudnestle/contracts/items/operation';
import { addMs, type Clock } from '@cloudnestle/payments/clock';
import { timeLimitMs } from '@cloudnestle/payments/time-limits';
import type { OperationsTable } from '../operations-table.ts';

/** Whose walk it is: a job's, a look's or a request's id, and the operator's name. */
export interface WalkHolder {
  holder: string;
  by: string;
}

export type TakenWalk = { kind: 'taken' } | { kind: 'busy'; walker: Walker };

/**
 * Who goes through which dead-letter queue: looking hides letters from others for a minute, so two walks at once each see
 * a part and call it the whole. One holder a queue, by a conditional write, for as long as its lease is renewed.
 */
export interface Walks {
  /** Takes the queue, or renews what is its own; `busy`: it is another's. */
  take(queue: string, holder: WalkHolder, leaseMs: number): Promise<TakenWalk>;
  /** Gives it up, if it is still its own. */
  release(queue: string, holder: WalkHolder): Promise<void>;
  /** Who has it now. */
  look(queue: string): Promise<Walker | undefined>;
}

export function createWalks(table: OperationsTable, now: Clock): Walks {
  const keyOf = (queue: string) => ({ pk: `${WALK_KEY}${queue}`, sk: 'WALK' as const });
  const read = async (queue: string) =>
    walkItemSchema.safeParse(await table.find(keyOf(queue))).data;
  const look = async (queue: string) => {
    const found = await read(queue);
    if (!found || found.leaseUntil < now().toISOString()) return undefined;
    return { by: found.by, since: found.since };
  };
  return {
    take: async (queue, { holder, by }, leaseMs) => {
      const at = now();
      const known = await read(queue);
      const since = known?.holder === holder ? known.since : at.toISOString();
      const leaseUntil = addMs(at, leaseMs).toISOString();
      const isOurs = await table.putIf(
        { ...keyOf(queue), queue, holder, by, since, leaseUntil },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder OR leaseUntil < :now',
          ExpressionAttributeValues: { ':holder': holder, ':now': at.toISOString() },
        },
      );
      if (isOurs) return { kind: 'taken' };
      const walker = await look(queue);
      // It was given up in between: the next try takes it.
      return {
        kind: 'busy',
        walker: walker ?? { by: 'another operator', since: at.toISOString() },
      };
    },
    release: (queue, { holder }) =>
      table.remove(keyOf(queue), {
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      }),
    look,
  };
}

const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;

/**
 * Has `walk` go through a queue that is its alone, and gives the queue up afterwards. The signal is aborted where the lease
 * cannot be renewed any more.
 */
export async function withWalk<Result>(
  walks: Walks,
  queue: string,
  holder: WalkHolder,
  walk: (signal: AbortSignal) => Promise<Result>,
  { leaseMs = timeLimitMs(LEASE_MS), renewEveryMs = RENEW_EVERY_MS } = {},
): Promise<{ kind: 'walked'; result: Result } | Extract<TakenWalk, { kind: 'busy' }>> {
  const taken = await walks.take(queue, holder, leaseMs);
  if (taken.kind === 'busy') return taken;
  return {
    kind: 'walked',
    result: await keepWalk(walks, queue, holder, walk, { leaseMs, renewEveryMs }),
  };
}

/** The same for a queue that is taken already. */
export async function keepWalk<Result>(
  walks: Walks,
  queue: string,
  holder: WalkHolder,
  walk: (signal: AbortSignal) => Promise<Result>,
  { leaseMs, renewEveryMs = RENEW_EVERY_MS }: { leaseMs: number; renewEveryMs?: number },
): Promise<Result> {
  const lost = new AbortController();
  let leaseUntilMs = performance.now() + leaseMs;
  let isOver = false;
  const renew = async () => {
    if (isOver) return;
    const beganMs = performance.now();
    // The next try may get through; the lease outlasts three of them.
    const answer = await walks.take(queue, holder, leaseMs).catch(() => undefined);
    if (answer?.kind === 'taken') leaseUntilMs = beganMs + leaseMs;
    else if (answer?.kind === 'busy' || performance.now() >= leaseUntilMs) lost.abort();
  };
  let renewal = Promise.resolve();
  const renewing = setInterval(() => {
    renewal = renewal.then(renew);
  }, renewEveryMs);
  try {
    return await walk(lost.signal);
  } finally {
    clearInterval(renewing);
    isOver = true;
    // A renewal that came after the release would take the queue once more.
    await renewal;
    // What cannot be given up is free when its lease is over: what was done is told all the same.
    await walks.release(queue, holder).catch(() => undefined);
  }
}

/** What a walk looks at beside its own queue is taken for so long. */
const BESIDE_MS = 5 * 60_000;

/** Has `work` look at those of these queues that no other operator goes through; `own` is the walk's already. */
export async function withFreeQueues<Queue extends { queue: { name: string } }, Result>(
  walks: Walks,
  queues: readonly Queue[],
  { own, ...holder }: WalkHolder & { own: string },
  work: (free: Queue[]) => Promise<Result>,
): Promise<Result> {
  const isOwn = ({ queue }: Queue) => queue.name === own;
  const taken = await Promise.all(
    queues.map(async (each) => {
      if (isOwn(each)) return [each];
      const answer = await walks.take(each.queue.name, holder, BESIDE_MS);
      return answer.kind === 'taken' ? [each] : [];
    }),
  );
  const free = taken.flat();
  try {
    return await work(free);
  } finally {
    const others = free.filter((each) => !isOwn(each));
    await Promise.all(others.map(({ queue }) => walks.release(queue.name, holder)));
  }
}
