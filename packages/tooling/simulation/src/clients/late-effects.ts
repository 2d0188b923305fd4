import * as z from 'zod';
import type { Chance } from '../chance/create-chance.ts';
import type { Actor } from '../time/actor.ts';
import type { Planned, Scheduler } from '../time/scheduler.ts';

/** Requests that their callers have given up, and that AWS has still to carry out. */
export interface LateEffects {
  /** `carryOut` runs after `delayMs`, or as soon as another call has read the item that the request writes. */
  hold(input: unknown, delayMs: number, carryOut: () => void): void;
  /** A read was carried out. */
  read(operation: string, input: unknown): void;
}

/** How often a request that waits comes in just after the item was read. */
const SHARE_AFTER_READ = 0.5;
/** Within the time that the reader takes for its next call. */
const LONGEST_AFTER_READ_MS = 6;

/**
 * Chance alone would hardly ever let a late write come between what another call reads and what that one writes then. So
 * a late write waits for such a reader: every place where a decision is not held by its condition is met.
 */
export function createLateEffects(deps: {
  scheduler: Scheduler;
  network: Actor;
  chance: Chance;
}): LateEffects {
  const { scheduler, network, chance } = deps;
  const waiting = new Map<string, Set<() => void>>();
  return {
    hold: (input, delayMs, carryOut) => {
      const key = keyOf(input);
      let planned: Planned;
      const finish = () => {
        const others = key === undefined ? undefined : waiting.get(key);
        others?.delete(hurry);
        if (key !== undefined && others?.size === 0) waiting.delete(key);
        carryOut();
      };
      const hurry = () => {
        planned.cancel();
        planned = scheduler.after(chance.fraction() * LONGEST_AFTER_READ_MS, network, finish);
      };
      planned = scheduler.after(delayMs, network, finish);
      if (key === undefined) return;
      const others = waiting.get(key) ?? new Set();
      others.add(hurry);
      waiting.set(key, others);
    },
    read: (operation, input) => {
      if (waiting.size === 0) return;
      for (const key of keysRead(operation, input)) {
        for (const hurry of [...(waiting.get(key) ?? [])]) {
          if (chance.isHit(SHARE_AFTER_READ)) hurry();
        }
      }
    },
  };
}

const batchSchema = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })),
});

function keysRead(operation: string, input: unknown): readonly string[] {
  if (operation === 'Get') {
    const key = keyOf(input);
    return key === undefined ? [] : [key];
  }
  if (operation !== 'BatchGet') return [];
  const { RequestItems } = batchSchema.parse(input);
  return Object.entries(RequestItems).flatMap(([TableName, { Keys }]) =>
    Keys.flatMap((Key) => keyOf({ TableName, Key }) ?? []),
  );
}

/** The item that a command of one item names by its key. */
function keyOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('TableName' in input)) return undefined;
  return 'Key' in input ? JSON.stringify([input.TableName, input.Key]) : undefined;
}
