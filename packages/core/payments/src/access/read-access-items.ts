import type { Order } from '../order.ts';
import type { AccessItems, EntitlementRecord, User } from './holdings.ts';
import { emailRecordKeys, type RecordKey, userRecordKey } from './record-keys.ts';

/** A user as stored now (consistent read); undefined where there is none. */
export type FindUser = (userId: string) => Promise<User | undefined>;

/** An entitlement record as stored now (consistent read); undefined where there is none. */
export type FindRecord = (key: RecordKey) => Promise<EntitlementRecord | undefined>;

/**
 * Everything that is to hold what an order paid for: the user, and per solution the records by user id and by email, as
 * the order has the address. One that the user took later counts for nothing: it may be unproven.
 */
export async function readAccessItems(
  deps: { findUser: FindUser; findRecord: FindRecord },
  { row, plan }: Order,
): Promise<AccessItems> {
  const user = await deps.findUser(row.userId);
  const records = await Promise.all(
    plan.solutionIds.map(async (solutionId) => {
      const keys = emailRecordKeys([row.userEmail], solutionId);
      const [byUserId, ...byEmail] = await Promise.all([
        deps.findRecord(userRecordKey(row.userId, solutionId)),
        ...keys.map((key) => deps.findRecord(key)),
      ]);
      return { byUserId, byEmail: byEmail.filter((record) => record !== undefined) };
    }),
  );
  return { user, records };
}
