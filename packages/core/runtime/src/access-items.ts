import { entitlementItemSchema } from '@cloudnestle/contracts/items/entitlement';
import { grantsShape } from '@cloudnestle/contracts/items/grant';
import { userItemSchema } from '@cloudnestle/contracts/items/user';
import type { FindRecord, FindUser } from '@cloudnestle/payments/access';
import type { ReadItem } from './read-item.ts';

/** A map that cannot be read, or a base of another kind, hides nothing else of an item. */
const lenientGrants = {
  grants: grantsShape.grants.catch(undefined),
  baseTier: grantsShape.baseTier.catch(undefined),
};

const userSchema = userItemSchema
  .pick({ userId: true, email: true, subscriptionTier: true, subscriptionStatus: true })
  .extend(lenientGrants);

/** Users as they stand now (consistent read). A row without an email counts as none. */
export function createFindUser(read: ReadItem, table: string): FindUser {
  return async (userId) => {
    const item = await read({ table, key: { userId } });
    return item && userSchema.safeParse(withoutNulls(item)).data;
  };
}

const recordSchema = entitlementItemSchema
  .pick({ tier: true, access_tier: true, accessTier: true, status: true })
  .extend(lenientGrants);

/** Entitlement records as they stand now (consistent read). One that cannot be read is there and grants nothing. */
export function createFindRecord(read: ReadItem, table: string): FindRecord {
  return async ({ pk, sk }) => {
    const item = await read({ table, key: { pk, sk } });
    return item && (recordSchema.safeParse(withoutNulls(item)).data ?? {});
  };
}

/** An item of a table that other systems write too: what they store as NULL counts as absent. */
function withoutNulls(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
