import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import { compareTier, monthsOf } from '../catalogue.ts';
import { addMs } from '../clock.ts';
import { addCivilMonths } from './civil-months.ts';
import { findCover, type StoredAccess } from './fold.ts';
import { readGrants } from './grants.ts';
import { type Window, windowsOf } from './windows.ts';

const DAY_MS = 86_400_000;

/** What is to be done about a pass, by the sweep, which watches its end. */
export type PassStep =
  /** Nothing can change before that moment. `endedAt`: its own time is over, and as much is given by another order. */
  | { kind: 'wait'; until: Date; endedAt?: string }
  /** It ends soon (ISO), and nothing follows it. */
  | { kind: 'remind'; endsAt: string; until: Date }
  /** It ended (ISO), and nothing that was bought follows it. */
  | { kind: 'ended'; endedAt: string }
  /** Its end is no news: a later order, or something that never ends, gives as much, and its own end is told when it comes. `endedAt` as above. */
  | { kind: 'over'; endedAt?: string };

interface PassContext {
  tiers: readonly Tier[];
  now: Date;
  /** How long before its end a buyer is reminded; 0: never. */
  reminderDays: number;
}

/**
 * What is to be done about one pass, given what its buyer's row keeps. `undefined` where the row does not have its payment.
 *
 * Of orders that follow each other without a gap only the one that ends last is told of: the ends before are none to the
 * buyer. A pass moves up where one before it is cut short, and then ends earlier than planned. It has its whole months
 * left at that moment, so a look whenever its months have passed is never too late.
 */
export function planPass(
  stored: StoredAccess,
  { transactionId, plan }: { transactionId: string; plan: Pick<Plan, 'tier' | 'period'> },
  { tiers, now, reminderDays }: PassContext,
): PassStep | undefined {
  const windows = windowsOf(readGrants(stored.grants));
  const own = windows.find((window) => window.transactionId === transactionId);
  if (!own) return undefined;
  if (!Number.isFinite(own.until)) return { kind: 'over' };
  const ends = new Date(own.until);
  const cover = findCover(stored, plan.tier, { tiers, now });
  const coveredUntil = cover.held && cover.until ? new Date(cover.until) : undefined;
  if (now >= ends) {
    const endedAt = ends.toISOString();
    if (coveredUntil) return { kind: 'wait', until: coveredUntil, endedAt };
    if (cover.held) return { kind: 'over', endedAt };
    const isTold = hasLaterEnd(windows, own, plan.tier, tiers);
    return isTold ? { kind: 'over' } : { kind: 'ended', endedAt };
  }
  const latest = addCivilMonths(now, monthsOf(plan) ?? 1);
  const remindAt = addMs(ends, -reminderDays * DAY_MS);
  const isReminded = reminderDays > 0;
  if (isReminded && now < remindAt) return { kind: 'wait', until: earlier(remindAt, latest) };
  const until = earlier(ends, latest);
  const isLast = coveredUntil !== undefined && coveredUntil <= ends;
  const endsAt = ends.toISOString();
  return isReminded && isLast ? { kind: 'remind', endsAt, until } : { kind: 'wait', until };
}

/** Whether another order that gives as much ended after this one: its end was the buyer's. */
function hasLaterEnd(
  windows: readonly Window[],
  own: Window,
  tier: string,
  tiers: readonly Tier[],
): boolean {
  return windows.some(
    (each) =>
      each.until > each.from &&
      compareTier(tiers, each.tier, tier) === 'covers' &&
      (each.until > own.until ||
        (each.until === own.until && each.transactionId > own.transactionId)),
  );
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
