import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { emailRecordKeys, userRecordKey } from '@cloudnestle/payments/access';
import { newsOf, readGrants } from '@cloudnestle/payments/access/grants';
import { type Catalogue, compareTier } from '@cloudnestle/payments/catalogue';
import { type Clock, toTimestamp } from '@cloudnestle/payments/clock';
import type { Order } from '@cloudnestle/payments/order';
import { mergeEntitlement } from '@cloudnestle/runtime/access/merge-entitlement';
import { mergeTier } from '@cloudnestle/runtime/access/merge-tier';
import { readEntitlement, tierOf } from '@cloudnestle/runtime/access/read-entitlement';
import { type ItemChange, mergeItem } from '@cloudnestle/runtime/merge-item';
import type { OrderNews } from '@cloudnestle/runtime/note-grant';

/** What became of a paid order's grant. */
export type GrantGiven =
  /** Every item of the buyer's that is there has it. `items`: how many got it now; on a dry run: would get it. */
  | { kind: 'held'; items: number }
  /** No item of the buyer's names the order's tier, or there is none: nothing was written. */
  | { kind: 'withoutAccess' };

/** Gives a paid order its grant. Undefined: it is no payment for ever whose access stands. */
export type GiveGrants = (order: Order) => Promise<GrantGiven | undefined>;

type Item = Record<string, unknown>;

/** An item that is to hold the grants of its buyer. */
interface Holder {
  table: string;
  key: Record<string, string>;
  tierOf(item: Item): string | undefined;
  merge(item: Item, order: OrderNews): ItemChange | undefined;
}

/**
 * Notes a paid order of before there were grants in the buyer's row and in both entitlement records, by the merges of the
 * subscribers and their conditional writes: it may run beside them, be killed, and run again. A payment was believed here
 * by a system that checked less. So it must have given access already: one of the buyer's items names its tier or a better one.
 * Then the others of them that are there get it too. Where none does, only the gateway's answer may give it. What is
 * missing stays missing, what is suspended stays so, and no searches are given back.
 *
 * An order whose access was taken back gets nothing here. One that is taken back meanwhile is told by `AccessEnded`, and
 * an end stands in a grant whether it comes before the payment or after it.
 */
export function createGiveGrants(deps: {
  dynamo: DynamoDBDocumentClient;
  tables: { users: string; entitlements: string };
  catalogue: Catalogue;
  now: Clock;
  dryRun: boolean;
}): GiveGrants {
  const { dynamo, dryRun } = deps;
  const { tiers } = deps.catalogue;
  const read = async ({ table, key }: Holder): Promise<Item | undefined> => {
    const answer = await dynamo.send(
      new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return answer.Item;
  };
  return async (order) => {
    if (!isStandingPurchase(order)) return undefined;
    const { row, plan } = order;
    const { transactionId } = row;
    const completedAt = readPaidAt(order);
    const news = { transactionId, news: newsOf(row, { plan, completedAt }), isLongKnown: true };
    const found: { holder: Holder; item: Item }[] = [];
    for (const holder of listHolders(deps, order)) {
      const item = await read(holder);
      if (item) found.push({ holder, item });
    }
    const isGiven = found.some(
      ({ holder, item }) =>
        readGrants(item.grants)[transactionId]?.at !== undefined ||
        compareTier(tiers, holder.tierOf(item), plan.tier) !== 'below',
    );
    if (!isGiven) return { kind: 'withoutAccess' };
    const lacking = found.filter(
      ({ item }) => readGrants(item.grants)[transactionId]?.at === undefined,
    );
    if (!dryRun) {
      for (const { holder } of lacking) {
        const { table, key, merge } = holder;
        await mergeItem({ dynamo, table }, key, (item) => merge(item, news));
      }
    }
    return { kind: 'held', items: lacking.length };
  };
}

/** A pass was never sold without its grant. */
function isStandingPurchase({ row, plan }: Order): boolean {
  const isPaid = row.status === 'COMPLETED' && row.accessRevokedAt === undefined;
  return isPaid && plan.period === 'ONE_TIME';
}

/** A row of the replaced system may not say when it was paid: then it counts from when it was made. */
function readPaidAt({ row, createdAt }: Order): string {
  const completedAt = new Date(row.completedAt ?? Number.NaN);
  return toTimestamp(Number.isNaN(completedAt.getTime()) ? createdAt : completedAt);
}

function listHolders(
  {
    tables,
    catalogue: { tiers },
    now,
  }: {
    tables: { users: string; entitlements: string };
    catalogue: Catalogue;
    now: Clock;
  },
  { row: { userId, userEmail }, plan }: Order,
): Holder[] {
  const user: Holder = {
    table: tables.users,
    key: { userId },
    tierOf: ({ subscriptionTier }) =>
      typeof subscriptionTier === 'string' ? subscriptionTier : undefined,
    merge: (item, order) => mergeTier(item, order, { tiers, now: now() }),
  };
  const toRecord = (key: { pk: string; sk: string }, isByUserId: boolean): Holder => ({
    table: tables.entitlements,
    key: { ...key },
    tierOf: (item) => tierOf(readEntitlement(item, isByUserId)),
    merge: (item, order) => mergeEntitlement(item, order, { tiers, isByUserId, now: now() }),
  });
  const records = plan.solutionIds.flatMap((solutionId) => [
    toRecord(userRecordKey(userId, solutionId), true),
    ...emailRecordKeys([userEmail], solutionId).map((key) => toRecord(key, false)),
  ]);
  return [user, ...records];
}
