import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Order, ReadOrder } from '@cloudnestle/payments/order';
import type { FindUser } from '../find-user.ts';
import { type Access, decideAccess } from './decide-access.ts';
import { type FindEntitlement, listOwners } from './entitlement-records.ts';

export interface StatusDependencies {
  catalogue: Catalogue;
  findOrder(transactionId: string): Promise<ReadOrder | undefined>;
  findUser: FindUser;
  findEntitlement: FindEntitlement;
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

async function findAccess(deps: StatusDependencies, { row, plan }: Order): Promise<Access> {
  const user = await deps.findUser(row.userId);
  if (!user) return 'pending';
  const owners = listOwners(row, user);
  const records = await Promise.all(
    plan.solutionIds.map(async (solutionId) => {
      const found = await Promise.all(
        owners.map((owner) => deps.findEntitlement(owner, solutionId)),
      );
      return found.filter((record) => record !== undefined);
    }),
  );
  return decideAccess({ row, plan, user, records, tiers: deps.catalogue.tiers });
}
