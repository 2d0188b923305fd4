import type { Trigger } from '@cloudnestle/payments/build-events';
import PQueue from 'p-queue';
import { type PaceOptions, paceGateway } from '../gateway/pace-gateway.ts';
import type { ListOrders } from '../report/orders-by-day.ts';
import type { DayRange } from '../report/read-range.ts';
import {
  type ReconcileDependencies,
  type Reconciliation,
  reconcileOrder,
} from './reconcile-order.ts';

export interface RangeDependencies extends ReconcileDependencies, Omit<PaceOptions, 'signal'> {
  listOrders: ListOrders;
}

export interface RangeOptions {
  trigger: Trigger;
  repair: boolean;
  onProgress?(progress: { found: number; done: number }): void;
}

/** One order of a range and what was found about it. */
export interface RangeEntry {
  transactionId: string;
  outcome: Reconciliation;
}

/** Orders at work at once. */
const CONCURRENCY = 10;

/**
 * Looks at every order of a range of days, several at once under the rate limit, and with `repair` brings the truth in.
 * One order that fails is an entry like any other. The latest orders come first. Rejects only where the index or a row
 * cannot be read at all.
 */
export async function reconcileRange(
  deps: RangeDependencies,
  range: DayRange,
  { trigger, repair, onProgress }: RangeOptions,
): Promise<RangeEntry[]> {
  const over = new AbortController();
  const { gateway } = paceGateway(deps.gateway, { ...deps, signal: over.signal });
  const atWork = new PQueue({ concurrency: CONCURRENCY });
  const entries: Promise<RangeEntry>[] = [];
  let done = 0;

  const look = async (transactionId: string): Promise<RangeEntry> => {
    const outcome = await reconcileOrder({ ...deps, gateway }, transactionId, { trigger, repair });
    done += 1;
    onProgress?.({ found: entries.length, done });
    return { transactionId, outcome };
  };
  try {
    for await (const items of deps.listOrders(range)) {
      for (const item of items) {
        await atWork.onSizeLessThan(1);
        entries.push(atWork.add(() => look(String(item.transactionId))));
      }
    }
    return await Promise.all(entries);
  } finally {
    over.abort();
    await Promise.allSettled(entries);
  }
}
