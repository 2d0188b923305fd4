import type { Trigger } from '@cloudnestle/payments/build-events';
import { describeError } from '@cloudnestle/runtime/errors';
import PQueue from 'p-queue';
import type { DayRange, ListOrders } from '../orders-by-day.ts';
import { type PaceOptions, paceGateways } from '../pace-gateways.ts';
import {
  type ReconcileDependencies,
  type Reconciliation,
  reconcileOrder,
} from './reconcile-order.ts';

export interface RangeDependencies extends ReconcileDependencies, Omit<PaceOptions, 'signal'> {
  listOrders: ListOrders;
}

interface RangeOptions {
  trigger: Trigger;
  repair: boolean;
  /** Aborted: what is under way is finished, no other order is looked at, and the list counts as broken off. */
  signal?: AbortSignal | undefined;
  onProgress?(progress: { found: number; done: number }): void;
}

/** One order of a range and what was found about it; `failed`: it could not be looked at now. */
export interface RangeEntry {
  transactionId: string;
  outcome: Reconciliation | { kind: 'failed'; reason: string };
}

/** What was looked at, the latest orders first. */
interface RangeFindings {
  entries: RangeEntry[];
  /** Why the rest of the range could not be listed. */
  brokenOff?: string;
}

/** Orders at work at once. */
const CONCURRENCY = 10;

/**
 * Looks at every order of a range of days, several at once under the rate limit, and with `repair` brings the truth in.
 * Never rejects, so that what was published is reported even if a later step fails: one order that fails is an entry
 * like any other, and an index that fails breaks the list off.
 */
export async function reconcileRange(
  deps: RangeDependencies,
  range: DayRange,
  { trigger, repair, signal, onProgress }: RangeOptions,
): Promise<RangeFindings> {
  const over = new AbortController();
  const { gateways } = paceGateways(deps.gateways, { ...deps, signal: over.signal });
  const atWork = new PQueue({ concurrency: CONCURRENCY });
  const entries: Promise<RangeEntry>[] = [];
  let done = 0;

  const look = async (transactionId: string): Promise<RangeEntry> => {
    const outcome = await reconcileOrder({ ...deps, gateways }, transactionId, {
      trigger,
      repair,
    }).catch((error: unknown) => ({ kind: 'failed' as const, reason: describeError(error) }));
    done += 1;
    onProgress?.({ found: entries.length, done });
    return { transactionId, outcome };
  };
  const list = async (): Promise<void> => {
    for await (const items of deps.listOrders(range)) {
      for (const item of items) {
        await atWork.onSizeLessThan(1);
        if (signal?.aborted) throw new Error('interrupted');
        entries.push(atWork.add(() => look(String(item.transactionId))));
      }
    }
  };
  const brokenOff = await list().then(
    () => undefined,
    (error: unknown) => describeError(error),
  );
  const found = await Promise.all(entries);
  over.abort();
  return { entries: found, ...(brokenOff === undefined ? {} : { brokenOff }) };
}
