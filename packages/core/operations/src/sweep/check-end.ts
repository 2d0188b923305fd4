import type { AccessEndedData } from '@cloudnestle/contracts/events/access-ended';
import type { AccessItems } from '@cloudnestle/payments/access';
import { isEndSeen, isTakenAway, userAccess } from '@cloudnestle/payments/access/order-grant';
import { planPass } from '@cloudnestle/payments/access/plan-pass';
import { needsAttention } from '@cloudnestle/payments/attention/attention';
import {
  type AccessEndedEvent,
  type AccessEndingEvent,
  buildAccessEndedEvent,
  buildAccessEndingEvent,
} from '@cloudnestle/payments/build-events';
import { addMs } from '@cloudnestle/payments/clock';
import type { Order } from '@cloudnestle/payments/order';
import { end, tierSteps } from '../attention/steps.ts';
import {
  type Check,
  type CheckResult,
  quiet,
  retryNextRun,
  type SweepCount,
  type SweepDependencies,
} from './dependencies.ts';
import type { NextLook } from './open-orders.ts';
import { planArrival } from './plan-check.ts';

/** A pass whose end is not planned by any row that can be read is looked at again after that. */
const UNPLANNED_MS = 3_600_000;

/**
 * The order's row says that access was taken back: that is published until user and records are seen to have it, ever more
 * rarely; what never arrives needs an operator.
 */
export async function checkRevoked(
  deps: SweepDependencies,
  check: Check,
  fact: Pick<AccessEndedData, 'reason' | 'endedAt'>,
  items: AccessItems,
): Promise<CheckResult> {
  const { claim, order } = check;
  const moment = { tiers: deps.catalogue.tiers, now: deps.now() };
  // A subscriber whose clock is behind the operator's notes the end, and finds that it is still to come.
  if (isEndSeen(items, order.row.transactionId) && isTakenAway(items, moment)) {
    await closeSeen(deps, check);
    return quiet;
  }
  return tellEnd(deps, { claim, order }, buildAccessEndedEvent(toData(order), fact, check.trigger));
}

/**
 * A pass whose buyer is seen to have it: its buyer is reminded some days before it ends, and at its end that is published,
 * until what is stored shows it. Later cover by the same tier or a better one: there is nothing to tell but to an item that does not
 * hold it, and it is looked at again when that ends. Every look starts from what is stored, so an earlier or a later one, or one that died half-way,
 * changes nothing.
 */
export async function watchPass(
  deps: SweepDependencies,
  check: Check,
  { items, unknownTiers }: { items: AccessItems; unknownTiers: readonly string[] },
): Promise<CheckResult> {
  const { order, trigger } = check;
  const { transactionId } = order.row;
  const moment = { tiers: deps.catalogue.tiers, now: deps.now() };
  const stored = userAccess(items);
  const step =
    stored &&
    planPass(
      stored,
      { transactionId, plan: order.plan },
      { ...moment, reminderDays: deps.reminderDays },
    );
  const wait = (until: Date, told: Told = {}) =>
    waitSeen(deps, check, { nextCheckAt: until.toISOString(), ...told }, unknownTiers);
  const endedAt = step && 'endedAt' in step ? step.endedAt : undefined;
  if (endedAt !== undefined && !isTakenAway(items, moment)) {
    // Also where another order gives as much: the record of an address that the buyer has left does not hold that one.
    const fact = { reason: 'EXPIRED', endedAt } as const;
    return tellEnd(deps, check, buildAccessEndedEvent(toData(order), fact, trigger));
  }
  switch (step?.kind) {
    case undefined:
      await wait(addMs(moment.now, UNPLANNED_MS));
      return quiet;
    case 'wait':
      await wait(step.until);
      return quiet;
    case 'over':
      await closeSeen(deps, check);
      return quiet;
    case 'remind': {
      const event = buildAccessEndingEvent(toData(order), step.endsAt, moment.now, trigger);
      const endTold = toldOf(event, step.endsAt);
      if (order.row.endTold === endTold) {
        await wait(step.until);
        return quiet;
      }
      const answer = await deps.publish(event);
      if (answer.kind === 'failed') return retryNextRun(answer.reason);
      // A look that dies here comes back and says it again: its mail is sent once all the same (rule 8).
      await wait(step.until, { endTold, endToldTimes: 1 });
      return { counts: ['reminded'] };
    }
    case 'ended': {
      const fact = { reason: 'EXPIRED', endedAt: step.endedAt } as const;
      const event = buildAccessEndedEvent(toData(order), fact, trigger);
      const isTold = order.row.endTold === toldOf(event, step.endedAt);
      if (!isTold) return tellEnd(deps, check, event);
      await closeSeen(deps, check);
      return quiet;
    }
  }
}

type Told = Pick<NextLook, 'endTold' | 'endToldTimes'>;

/** Publishes that access ended, and looks again: at the next run, then after 2, 4, 8, ... minutes. Counted the first time. */
async function tellEnd(
  deps: SweepDependencies,
  { claim, order: { row } }: Pick<Check, 'claim' | 'order'>,
  event: AccessEndedEvent,
): Promise<CheckResult> {
  const answer = await deps.publish(event);
  if (answer.kind === 'failed') return retryNextRun(answer.reason);
  const endTold = toldOf(event, event.detail.data.endedAt);
  const endToldTimes = (row.endTold === endTold ? (row.endToldTimes ?? 0) : 0) + 1;
  const { nextLook, isLost } = planArrival(endToldTimes, deps.now());
  const nextCheckAt = nextLook === 'nextRun' ? claim.leaseUntil : nextLook.toISOString();
  const next = { nextCheckAt, endTold, endToldTimes };
  const counts: SweepCount[] = endToldTimes === 1 ? ['ended'] : [];
  if (!isLost) {
    await deps.openOrders.reschedule(claim, next);
    return { counts };
  }
  const detail = `access ended, published ${endToldTimes} times, and the buyer still holds it`;
  const fact = { reason: 'EFFECTS_MISSING', at: deps.now().toISOString(), detail } as const;
  const isFlagged = await deps.openOrders.flag(claim, fact, next);
  if (!isFlagged || needsAttention(row, fact.reason)) return { counts };
  const { transactionId } = claim;
  deps.log.warn('order needs attention', { transactionId, attention: fact.reason, reason: detail });
  return { counts: [...counts, 'parked'], reason: detail };
}

function toldOf({ detailType }: AccessEndedEvent | AccessEndingEvent, moment: string): string {
  return `${detailType} ${moment}`;
}

function toData({ row, plan }: Order) {
  const { transactionId, userId, userEmail } = row;
  return { transactionId, userId, userEmail, plan };
}

/** What is stored is as it should be, and the order is looked at again. */
async function waitSeen(
  deps: SweepDependencies,
  { claim, order: { row } }: Check,
  next: NextLook,
  unknownTiers: readonly string[],
): Promise<void> {
  const isNoted = needsAttention(row, 'EFFECTS_MISSING') || needsAttention(row, 'UNKNOWN_TIER');
  if (!isNoted && unknownTiers.length === 0) return deps.openOrders.reschedule(claim, next);
  const steps = [end('EFFECTS_MISSING'), ...tierSteps(unknownTiers, deps.now())];
  await deps.openOrders.rescheduleWith(claim, next, steps);
}

/** What is stored is as it should be for good. */
async function closeSeen(
  { openOrders }: SweepDependencies,
  { claim, order: { row } }: Check,
): Promise<void> {
  const isNoted = needsAttention(row, 'EFFECTS_MISSING') || needsAttention(row, 'UNKNOWN_TIER');
  if (!isNoted) return openOrders.close(claim);
  await openOrders.closeWith(claim, [end('EFFECTS_MISSING'), end('UNKNOWN_TIER')]);
}
