import { compareHoldings, type Holdings } from '@cloudnestle/payments/access/holdings';
import {
  type FindRecord,
  type FindUser,
  readAccessItems,
} from '@cloudnestle/payments/access/read-access-items';
import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { GATEWAY_TIMEOUT_MS } from './deadlines.ts';

export interface ExamineDependencies {
  catalogue: Catalogue;
  gateway: PaymentGateway;
  now: Clock;
  findUser: FindUser;
  findRecord: FindRecord;
}

/** One order as it stands here, what the gateway says of it now, and what its buyer holds. */
export interface Examination {
  order: Order;
  judgement: Judgement;
  /** Only of an order that is paid here. */
  holdings: Holdings | undefined;
}

/** Looks at one order from all sides; publishes and writes nothing. `item` is its row, read consistently. */
export async function examineOrder(
  deps: ExamineDependencies,
  item: Record<string, unknown>,
  trigger: Trigger,
): Promise<Examination | { unreadable: string }> {
  const read = readOrder(item, deps.catalogue);
  if (read.kind === 'unreadable') return { unreadable: read.reason };
  const { order } = read;
  const [judgement, holdings] = await Promise.all([
    judgeOrder(deps, order, trigger, { timeoutMs: GATEWAY_TIMEOUT_MS, expireUnknown: true }),
    readHoldings(deps, order),
  ]);
  return { order, judgement, holdings };
}

async function readHoldings(
  deps: ExamineDependencies,
  order: Order,
): Promise<Holdings | undefined> {
  if (order.row.status !== 'COMPLETED') return undefined;
  const items = await readAccessItems(deps, order);
  return compareHoldings(items, order.plan, deps.catalogue.tiers);
}
