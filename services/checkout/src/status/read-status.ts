import {
  type Access,
  decideAccess,
  type FindRecord,
  type FindUser,
  readAccessItems,
} from '@cloudnestle/payments/access';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { Order, ReadOrder } from '@cloudnestle/payments/order';

export interface StatusDependencies {
  catalogue: Catalogue;
  now: Clock;
  findOrder(transactionId: string): Promise<ReadOrder | undefined>;
  findUser: FindUser;
  findRecord: FindRecord;
}

export type StatusOutcome =
  | { kind: 'unknownOrder' }
  | { kind: 'unreadableOrder'; reason: string }
  | { kind: 'order'; order: Order; access: Access };

/** An order as it stands, and whether its buyer has what was paid for. Reads only, and asks no gateway. */
export async function readStatus(
  deps: StatusDependencies,
  transactionId: string,
): Promise<StatusOutcome> {
  const found = await deps.findOrder(transactionId);
  if (!found) return { kind: 'unknownOrder' };
  if (found.kind === 'unreadable') return { kind: 'unreadableOrder', reason: found.reason };
  const { order } = found;
  const access = order.row.status === 'COMPLETED' ? await findAccess(deps, order) : 'pending';
  return { kind: 'order', order, access };
}

async function findAccess(deps: StatusDependencies, order: Order): Promise<Access> {
  const items = await readAccessItems(deps, order);
  return decideAccess({ ...order, ...items, tiers: deps.catalogue.tiers, now: deps.now() });
}
