import { compareHoldings, type Holdings, readAccessItems } from '@cloudnestle/payments/access';
import { isGrantSeen, readEnd } from '@cloudnestle/payments/access/order-grant';
import { needsAttention } from '@cloudnestle/payments/attention/attention';
import { monthsOf } from '@cloudnestle/payments/catalogue';
import { addMs } from '@cloudnestle/payments/clock';
import { type Settlement, settleOrder } from '@cloudnestle/payments/settle-order';
import { countSettlement } from '@cloudnestle/runtime/metrics';
import { end, tierSteps } from '../attention/steps.ts';
import { checkRevoked, watchPass } from './check-end.ts';
import {
  type Check,
  type CheckResult,
  GATEWAY_TIMEOUT_MS,
  parkOrder,
  quiet,
  retryNextRun,
  type SweepCount,
  type SweepDependencies,
} from './dependencies.ts';
import { planEffects } from './plan-check.ts';

/**
 * A paid order stays open until its buyer is seen to hold what was paid for. What is missing after an hour is published
 * again, so that every subscriber asserts its part; after the last look an operator has to. A pass stays open until its
 * end, and an order whose access was taken back until no item holds it any more (`check-end.ts`).
 */
export async function checkEffects(deps: SweepDependencies, check: Check): Promise<CheckResult> {
  const { order, claim } = check;
  const { row, plan } = order;
  const items = await readAccessItems(deps, order);
  const holdings = compareHoldings(
    items,
    { transactionId: row.transactionId, plan },
    { tiers: deps.catalogue.tiers, now: deps.now() },
  );
  const revoked = readEnd(row);
  if (revoked) return checkRevoked(deps, check, revoked, items);
  const isPass = monthsOf(plan) !== undefined;
  // A tier that is held says nothing of a pass, nor of an order that was given back: its own grant must stand.
  const needsGrant = isPass || row.accessRestoredAt !== undefined;
  const isSeen = (isPass || holdings.isComplete) && (!needsGrant || isGrantSeen(items, row));
  if (isSeen) {
    const { unknownTiers } = holdings;
    if (isPass) return watchPass(deps, check, { items, unknownTiers });
    await closeOrder(deps, check, unknownTiers);
    return quiet;
  }
  const leaveToOperator = (detail: string, already?: readonly SweepCount[]) =>
    isPass
      ? flagPass(deps, check, detail, already)
      : parkOrder(deps, claim, { reason: 'EFFECTS_MISSING', detail }, already);
  const completedAt = new Date(row.completedAt ?? order.createdAt);
  const republished = row.effectsRepublished ?? 0;
  const { republish, nextLook } = planEffects(completedAt, republished, deps.now());
  let counts: SweepCount[] = [];
  if (republish) {
    const settlement = await settleOrder(deps, order, check.trigger, {
      timeoutMs: GATEWAY_TIMEOUT_MS,
      republish: true,
    });
    countSettlement(deps.metrics, settlement);
    if (settlement.kind === 'gatewayUnavailable' || settlement.kind === 'publishFailed') {
      return retryNextRun(settlement.reason);
    }
    if (settlement.kind !== 'completed') return leaveToOperator(describeDoubt(settlement));
    counts = ['repaired'];
  }
  if (nextLook === 'giveUp') return leaveToOperator(describeMissing(holdings), counts);
  await deps.openOrders.reschedule(claim, {
    nextCheckAt: nextLook.toISOString(),
    ...(republish ? { effectsRepublished: republished + 1 } : {}),
  });
  return { counts };
}

/**
 * The sweep need not look any more. A tier that the catalogue does not know counts as held, and only an operator can
 * say what it is worth: that is noted here, in the write that closes the order, because nothing else sees user, records
 * and order together and may write the order's row.
 */
async function closeOrder(
  { openOrders, log, now }: SweepDependencies,
  { claim, order: { row } }: Check,
  unknownTiers: readonly string[],
): Promise<void> {
  const isNoted = needsAttention(row, 'EFFECTS_MISSING') || needsAttention(row, 'UNKNOWN_TIER');
  if (!isNoted && unknownTiers.length === 0) return openOrders.close(claim);
  const steps = [end('EFFECTS_MISSING'), ...tierSteps(unknownTiers, now())];
  const closed = await openOrders.closeWith(claim, steps);
  if (!needsAttention(closed, 'UNKNOWN_TIER')) return;
  const { transactionId } = claim;
  log.warn('order needs attention', { transactionId, attention: 'UNKNOWN_TIER' });
}

/** How often a pass is looked at that an operator must look at as well: its end is to be told all the same. */
const FLAGGED_LOOK_MS = 6 * 3_600_000;

/** Leaves a pass to an operator, and goes on looking: one that is not open would never end in what others read. */
async function flagPass(
  { openOrders, log, now }: SweepDependencies,
  { claim, order: { row } }: Check,
  detail: string,
  already: readonly SweepCount[] = [],
): Promise<CheckResult> {
  const fact = { reason: 'EFFECTS_MISSING', at: now().toISOString(), detail } as const;
  const nextCheckAt = addMs(now(), FLAGGED_LOOK_MS).toISOString();
  const isFlagged = await openOrders.flag(claim, fact, { nextCheckAt });
  if (!isFlagged || needsAttention(row, fact.reason)) return { counts: already };
  const { transactionId } = claim;
  log.warn('order needs attention', { transactionId, attention: fact.reason, reason: detail });
  return { counts: [...already, 'parked'], reason: detail };
}

type Doubt = Exclude<Settlement, { kind: 'completed' | 'gatewayUnavailable' | 'publishFailed' }>;

function describeDoubt(settlement: Doubt): string {
  const said = {
    mismatch: 'something that does not fit',
    pending: 'it is pending',
    notFound: 'it does not know it',
    failed: 'it failed',
  };
  return `paid here, and the gateway says ${said[settlement.kind]}`;
}

function describeMissing({ user, byUserId, byEmail }: Holdings): string {
  return `paid, published again, and still without effect: user ${user}, record by user id ${byUserId}, record by email ${byEmail}`;
}
