import { addCivilMonths } from './civil-months.ts';
import type { Grants, PaidGrant } from './grants.ts';

/** When one paid order gives its tier: [from, until) in epoch milliseconds. `until` Infinity: for ever. */
export interface Window {
  transactionId: string;
  tier: string;
  from: number;
  until: number;
  /** It began with its own payment, which lies behind us whatever the clocks say. */
  isPaidStart: boolean;
}

/** A pass takes its place in the row of passes of its tier. */
type Pass = PaidGrant & { months: number };

/**
 * When each paid order of a set gives its tier; the whole set decides, because passes of one tier stand in a row. Orders
 * without a payment have no window; one that ended before it began has an empty one (`until` not after `from`).
 *
 * - Bought for ever: from `at` on.
 * - An explicit window (`from`, `until`): as it stands.
 * - Passes of one tier: sorted by (at, transactionId), each begins where the one before ends, or when it was paid if that
 *   is later. Months are counted from the day on which an unbroken row of passes began (`addCivilMonths`).
 * - `endedAt` cuts a window short; the next pass moves up.
 */
export function windowsOf(grants: Grants): Window[] {
  const sorted = listPaid(grants);
  const tiers = new Set(sorted.filter(isPass).map(({ tier }) => tier));
  return [
    ...sorted.filter((grant) => !isPass(grant)).map(describeFixed),
    ...[...tiers].flatMap((tier) =>
      stack(sorted.filter(isPass).filter((pass) => pass.tier === tier)),
    ),
  ];
}

/** When one order of a set gives its tier; undefined where its payment is not known. */
export function findWindow(grants: Grants, transactionId: string): Window | undefined {
  return windowsOf(grants).find((window) => window.transactionId === transactionId);
}

/** The orders of a set whose payment is known, the first one first. */
export function listPaid(grants: Grants): PaidGrant[] {
  const paid = Object.entries(grants).flatMap(([transactionId, grant]): PaidGrant[] =>
    grant.at === undefined ? [] : [{ ...grant, at: grant.at, transactionId }],
  );
  return paid.toSorted(compareGrants);
}

/** By payment, then by id: an order that every reader of a set agrees on. */
export function compareGrants(
  one: Pick<PaidGrant, 'at' | 'transactionId'>,
  other: Pick<PaidGrant, 'at' | 'transactionId'>,
): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  if (one.transactionId === other.transactionId) return 0;
  return one.transactionId < other.transactionId ? -1 : 1;
}

function isPass(grant: PaidGrant): grant is Pass {
  return grant.months !== undefined && grant.from === undefined && grant.until === undefined;
}

function describeFixed({ transactionId, tier, at, from, until, endedAt }: PaidGrant): Window {
  return {
    transactionId,
    tier,
    from: Date.parse(from ?? at),
    until: Math.min(toMs(until), toMs(endedAt)),
    isPaidStart: from === undefined,
  };
}

function stack(passes: readonly Pass[]): Window[] {
  let end = Number.NEGATIVE_INFINITY;
  /** The row of passes that `end` is the end of. */
  let row = { anchor: 0, months: 0 };
  return passes.map(({ transactionId, tier, at, months, endedAt }) => {
    const paidAt = Date.parse(at);
    const isPaidStart = paidAt > end;
    const from = isPaidStart ? paidAt : end;
    const next = isPaidStart
      ? { anchor: paidAt, months }
      : { anchor: row.anchor, months: row.months + months };
    const whole = addCivilMonths(new Date(next.anchor), next.months).getTime();
    const until = Math.min(whole, toMs(endedAt));
    if (until > from) {
      end = until;
      // What was cut short begins a new row there.
      row = until === whole ? next : { anchor: until, months: 0 };
    }
    return { transactionId, tier, from, until, isPaidStart };
  });
}

/** No end is Infinity. */
function toMs(moment: string | undefined): number {
  return moment === undefined ? Number.POSITIVE_INFINITY : Date.parse(moment);
}
