import { planSchema } from '@cloudnestle/contracts/plan';
import { foldAccess } from '@cloudnestle/payments/access/fold';
import { type Grants, mergeGrant, readMoment } from '@cloudnestle/payments/access/grants';
import { buildCatalogue, DEFAULT_SOLUTION_ID, findTier } from '@cloudnestle/payments/catalogue';
import type { Item } from '../aws/dynamo.ts';
import type { Truth } from '../parts/simulation.ts';

const { tiers } = buildCatalogue({ solutionId: DEFAULT_SOLUTION_ID });

interface Which {
  /** Of the orders that the gateway was paid for. */
  isCounted?(row: Item): boolean;
  /** Without what was taken back, as if it had never been. */
  isUncut?: boolean;
}

/** What a buyer has paid for: by the gateway's ledger, with the ends that the rows say, never by what the services keep. */
export function trueGrants(truth: Truth, userId: string, which: Which = {}): Grants {
  return Object.fromEntries(
    truth.ordersOf(userId).flatMap((id) => {
      const row = truth.row(id);
      const order = truth.atGateway(id);
      if (!row || order?.state !== 'COMPLETED' || order.amountInPaisa !== row.amount) return [];
      if (which.isCounted?.(row) === false) return [];
      const times = order.attempts.flatMap(({ state, at }) => (state === 'COMPLETED' ? [at] : []));
      // A second payment of an order may be known later: until then the first one that was told counts.
      const told = Date.parse(String(row.completedAt));
      const paidAtMs = which.isUncut || Number.isNaN(told) ? Math.max(...times) : told;
      const news = {
        plan: planSchema.parse(row.plan),
        at: new Date(paidAtMs).toISOString(),
        ends: which.isUncut ? [] : [readMoment(row.accessRevokedAt)],
      };
      return [[String(row.transactionId), mergeGrant(undefined, news)]];
    }),
  );
}

/** The rank of what grants give at a moment, or of what the buyer had before them. */
export function rankAt(grants: Grants, baseTier: string, atMs: number): number {
  return rankOf(foldAccess({ grants, baseTier }, { tiers, now: new Date(atMs) }).tier);
}

/** A tier that the catalogue does not know has none: undefined counts as the lowest. */
export function rankOf(tier: unknown): number {
  return typeof tier === 'string' ? (findTier(tiers, tier)?.rank ?? Number.NaN) : 0;
}

/** Whether a row is of something that was bought for ever. */
export function isForEver(row: Item): boolean {
  const plan = planSchema.safeParse(row.plan).data;
  return plan === undefined || plan.period === 'ONE_TIME';
}
