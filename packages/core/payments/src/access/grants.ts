import type { AccessEndedData } from '@cloudnestle/contracts/events/access-ended';
import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import { type Grant, grantSchema } from '@cloudnestle/contracts/items/grant';
import type { Plan } from '@cloudnestle/contracts/plan';
import { monthsOf } from '../catalogue.ts';

/** Paid orders by transaction id. */
export type Grants = Readonly<Record<string, Grant>>;

/** A grant whose payment is known. */
export type PaidGrant = Grant & { at: string; transactionId: string };

/** A stored `grants` map. What cannot be read gives nothing, and hides nothing else. */
export function readGrants(stored: unknown): Grants {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([transactionId, value]) => {
      const parsed = grantSchema.safeParse(value);
      return parsed.success ? [[transactionId, parsed.data]] : [];
    }),
  );
}

/** What is said of one order's grant: by its payment, by an end, or by what its row says. */
export interface GrantNews {
  plan: Pick<Plan, 'tier' | 'planId' | 'period'>;
  /** When it was paid; absent where only an end is known. */
  at?: string | undefined;
  /** All ends that are known. */
  ends?: readonly (string | undefined)[];
  /** When an operator last gave access back. */
  restoredAt?: string | undefined;
}

/** Whether there is anything to note where the order has no grant yet: a pass that has run out says nothing new. */
export function isNews({ at, ends = [], restoredAt }: GrantNews): boolean {
  return at !== undefined || restoredAt !== undefined || ends.some((end) => end !== undefined);
}

/**
 * What an event says of its order's grant, together with the order's row as it stands now (read consistently): the row's
 * mark is what takes access away, and its restoration what gives it back (rule 2).
 */
export function newsOf(
  row: Readonly<Record<string, unknown>>,
  event:
    | Pick<PaymentCompletedData, 'plan' | 'completedAt'>
    | Pick<AccessEndedData, 'plan' | 'endedAt' | 'reason'>,
): GrantNews {
  const marks = {
    ends: [readMoment(row.accessRevokedAt)],
    restoredAt: readMoment(row.accessRestoredAt),
  };
  if ('completedAt' in event) return { plan: event.plan, at: event.completedAt, ...marks };
  const end = event.reason === 'EXPIRED' ? undefined : event.endedAt;
  return { plan: event.plan, ends: [...marks.ends, end], restoredAt: marks.restoredAt };
}

/** A mark may be spelled otherwise by an older row: any spelling counts, and one that is no time ends at once. */
export function readMoment(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const moment = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(moment.getTime()) ? new Date(0).toISOString() : moment.toISOString();
}

/**
 * One order's grant after some news of it, in any order and number: the earliest payment, the latest restoration, and
 * the earliest end that is later than that one.
 */
export function mergeGrant(current: Grant | undefined, news: GrantNews): Grant {
  const { tier, planId } = news.plan;
  const months = monthsOf(news.plan);
  const { at, restoredAt, ends = [] } = news;
  return combine(current, { tier, planId, months, at, restoredAt }, ends);
}

/**
 * One order's grant as two items know it, by the same rule: what either of them has heard counts. Where they name
 * different tiers or windows, those of `other`, or `current`'s where it has none, stand.
 */
export function combineGrants(current: Grant | undefined, other: Grant): Grant {
  return combine(current, other, [other.endedAt]);
}

function combine(
  current: Grant | undefined,
  said: { [Key in keyof Grant]?: Grant[Key] | undefined } & Pick<Grant, 'tier'>,
  ends: readonly (string | undefined)[],
): Grant {
  const restoredAt = latest([current?.restoredAt, said.restoredAt]);
  const endedAt = earliest(
    [current?.endedAt, ...ends].filter(
      (end) => end !== undefined && (restoredAt === undefined || end > restoredAt),
    ),
  );
  const at = earliest([current?.at, said.at]);
  const from = said.from ?? current?.from;
  const until = said.until ?? current?.until;
  return {
    tier: said.tier,
    ...(said.planId === undefined ? {} : { planId: said.planId }),
    ...(at === undefined ? {} : { at }),
    ...(said.months === undefined ? {} : { months: said.months }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(restoredAt === undefined ? {} : { restoredAt }),
  };
}

/** Whether two grants say the same. */
export function isSameGrant(one: Grant | undefined, other: Grant): boolean {
  const keys = Object.keys(grantSchema.shape) as (keyof Grant)[];
  return one !== undefined && keys.every((key) => one[key] === other[key]);
}

function earliest(moments: readonly (string | undefined)[]): string | undefined {
  return sortMoments(moments)[0];
}

function latest(moments: readonly (string | undefined)[]): string | undefined {
  return sortMoments(moments).at(-1);
}

/** One spelling only, so that text order is time order. */
function sortMoments(moments: readonly (string | undefined)[]): string[] {
  return moments.filter((moment) => moment !== undefined).toSorted();
}
