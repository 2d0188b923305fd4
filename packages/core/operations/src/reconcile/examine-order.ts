import type { Discrepancy } from '@cloudnestle/contracts/http/reconciliation';
import {
  compareHoldings,
  type FindRecord,
  type FindUser,
  type Holdings,
  readAccessItems,
} from '@cloudnestle/payments/access';
import { needsAttention, readAttention } from '@cloudnestle/payments/attention/attention';
import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import type { Gateways } from '@cloudnestle/payments/gateway';
import { type Judgement, judgeOrder } from '@cloudnestle/payments/judge-order';
import { type Order, readOrder } from '@cloudnestle/payments/order';

/** One question to the gateway, its token included. */
export const GATEWAY_TIMEOUT_MS = 8000;

export interface ExamineDependencies {
  catalogue: Catalogue;
  gateways: Gateways;
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
  const { transactionId } = order.row;
  const moment = { tiers: deps.catalogue.tiers, now: deps.now() };
  return compareHoldings(items, { transactionId, plan: order.plan }, moment);
}

/** What is not as it should be about an examined order; nothing where all agrees. Decides from the examination alone. */
export function findDiscrepancies({ order, judgement, holdings }: Examination): Discrepancy[] {
  const { row } = order;
  const isPaid = row.status === 'COMPLETED';
  const isRevoked = row.accessRevokedAt !== undefined;
  const found: Discrepancy[] = [];
  if (judgement.kind === 'mismatch') found.push('MISMATCH');
  if (judgement.kind === 'completed' && !isPaid) found.push('NOT_RECORDED');
  if (judgement.kind === 'failed' && row.status === 'PENDING') found.push('NOT_RECORDED');
  if (isPaid && ['failed', 'pending', 'notFound'].includes(judgement.kind)) {
    found.push('CONTRADICTION');
  }
  if (isPaid && !isRevoked && holdings?.isComplete === false) found.push('ACCESS_MISSING');
  if (isChargedTwice(order, judgement)) found.push('CHARGED_TWICE');
  if (readAttention(row).length > 0) found.push('IN_REVIEW');
  return found;
}

/** Also by a second attempt that the order's row does not have yet. */
function isChargedTwice({ row }: Order, judgement: Judgement): boolean {
  const attempts =
    judgement.kind === 'completed' ? judgement.event.detail.data.completedAttempts : undefined;
  const isDuplicate = row.duplicateOf !== undefined && row.accessRevokedAt === undefined;
  const isNews = (attempts ?? 1) > (row.completedAttempts ?? 1);
  return isDuplicate || isNews || needsAttention(row, 'CHARGED_TWICE');
}

/** Discrepancies that publishing the gateway's outcome repairs; the others are an operator's to decide. */
export const repairable: ReadonlySet<Discrepancy> = new Set(['NOT_RECORDED', 'ACCESS_MISSING']);
