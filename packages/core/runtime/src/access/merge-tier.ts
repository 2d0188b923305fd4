import type { Tier } from '@cloudnestle/contracts/plan';
import { readAccess, spellTier } from '@cloudnestle/payments/access/fold';
import type { GrantNews, Grants } from '@cloudnestle/payments/access/grants';
import * as z from 'zod';
import { buildChange, type ItemChange } from '../merge-item.ts';
import { noteGrant, type OrderNews } from '../note-grant.ts';

/** What an unreadable attribute says counts as not said: other systems own the rest of this row. */
const text = z.string().optional().catch(undefined);

const subscriptionSchema = z.object({
  subscriptionTier: text,
  subscriptionStatus: text,
  subscriptionStartDate: text,
  lastPaymentDate: text,
});

/**
 * A user row after news of one order, decided from row and news alone: the order's grant, and what all grants of the row
 * give now (`foldAccess`): the tier, when its cover ends, the first and the last payment's time. A payment makes the row
 * active unless it is suspended. A tier that the catalogue does not know, or that was given by hand, stays as it is. News may come
 * in any order and any number of times: the end is the same. Undefined where the row says it all already. The plan's tier
 * must be one of `tiers`.
 */
export function mergeTier(
  user: Record<string, unknown>,
  order: OrderNews,
  { tiers, now }: { tiers: readonly Tier[]; now: Date },
): ItemChange | undefined {
  const current = subscriptionSchema.parse(user);
  const noted = noteGrant(user, current.subscriptionTier, order, tiers);
  if (Object.keys(noted.grants).length === 0) return undefined;
  const stored = { tier: current.subscriptionTier, ...noted };
  const access = readAccess(stored, { tiers, now });
  const payments = listPayments(noted.grants, order.news);
  return buildChange(user, {
    attributes: {
      subscriptionTier: spellTier(tiers, stored, access.tier),
      subscriptionEndsAt: access.until,
      subscriptionStartDate: payments.reduce(earliest, current.subscriptionStartDate),
      lastPaymentDate: payments.reduce(latest, current.lastPaymentDate),
      ...(isActivating(order) ? activate(current.subscriptionStatus) : {}),
      ...noted.attributes,
    },
    maps: noted.maps,
    stamps: { updatedAt: now.toISOString() },
    basedOn: noted.basedOn,
  });
}

function isActivating({ news, isLongKnown = false }: OrderNews): boolean {
  return news.at !== undefined && !isLongKnown;
}

function activate(status: string | undefined) {
  return { subscriptionStatus: status === 'suspended' ? 'suspended' : 'active' };
}

/** Of an order that was paid twice the grant keeps the first time. */
function listPayments(grants: Grants, news: GrantNews): string[] {
  return [...Object.values(grants), news].flatMap(({ at }) => (at === undefined ? [] : [at]));
}

/** Compared as times: rows of the replaced system spell them without milliseconds, and keep their spelling. */
function earliest(recorded: string | undefined, moment: string): string {
  return recorded !== undefined && Date.parse(recorded) <= Date.parse(moment) ? recorded : moment;
}

function latest(recorded: string | undefined, moment: string): string {
  return recorded !== undefined && Date.parse(recorded) >= Date.parse(moment) ? recorded : moment;
}
