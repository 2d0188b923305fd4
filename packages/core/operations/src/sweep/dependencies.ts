import type { FindRecord, FindUser } from '@cloudnestle/payments/access';
import type { FactForAttention } from '@cloudnestle/payments/attention/attention';
import type { Publish, Trigger } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Gateways } from '@cloudnestle/payments/gateway';
import type { Order } from '@cloudnestle/payments/order';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ListAttention } from '../attention/list-attention.ts';
import type { PaceOptions } from '../pace-gateways.ts';
import type { OpenOrders, SweepClaim } from './open-orders.ts';

/** One question to the gateway, its token included. */
export const GATEWAY_TIMEOUT_MS = 5000;

/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 2000;

/** One order, start to end. A run takes on no further order with less than this left. */
export const ORDER_TIMEOUT_MS = 12_000;

/** Orders at work at once. */
export const CONCURRENCY = 10;

/**
 * How long an order is kept from others, counted from its claim: longer than an order may take, and so short that what a
 * run claims last is due again when the next one starts, a minute after the first.
 */
export const LEASE_MS = 20_000;

export interface SweepDependencies
  extends Pick<Platform, 'log' | 'metrics' | 'now' | 'newId'>,
    Pick<PaceOptions, 'callsPerSecond' | 'sleep'> {
  catalogue: Catalogue;
  gateways: Gateways;
  publish: Publish;
  openOrders: OpenOrders;
  listAttention: ListAttention;
  findUser: FindUser;
  findRecord: FindRecord;
  /** How many days before its end the buyer of a pass is reminded; 0: never. */
  reminderDays: number;
}

/** One order in one run's hands. */
export interface Check {
  claim: SweepClaim;
  order: Order;
  trigger: Trigger;
}

/** What a run counts; `errors` are tried again at the next run. `ended`: access, by itself or by a word. */
export type SweepCount =
  | 'settled'
  | 'failed'
  | 'expired'
  | 'reminded'
  | 'ended'
  | 'repaired'
  | 'parked'
  | 'errors';

/** What became of one order. */
export interface CheckResult {
  counts: readonly SweepCount[];
  /** For the log: why it is parked or tried again. */
  reason?: string;
}

/** Looked at, and nothing to say of it. */
export const quiet: CheckResult = { counts: [] };

/** Not this time; the lease brings the order back at the next run. */
export function retryNextRun(reason: string): CheckResult {
  return { counts: ['errors'], reason };
}

/**
 * Leaves an order to an operator: it needs attention and is looked at no more, by one write. `already`: what else
 * became of it. The state on the row is the alarm; the warning is its trail.
 */
export async function parkOrder(
  deps: Pick<SweepDependencies, 'openOrders' | 'log' | 'now'>,
  claim: SweepClaim,
  fact: Pick<FactForAttention, 'reason'> & { detail: string },
  already: readonly SweepCount[] = [],
): Promise<CheckResult> {
  const at = deps.now().toISOString();
  const isParked = await deps.openOrders.park(claim, { ...fact, at });
  if (!isParked) return { counts: already };
  const { transactionId } = claim;
  const { reason: attention, detail: reason } = fact;
  deps.log.warn('order needs attention', { transactionId, attention, reason });
  return { counts: [...already, 'parked'], reason };
}
