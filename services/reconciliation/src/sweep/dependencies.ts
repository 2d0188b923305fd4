import type { FindRecord, FindUser } from '@cloudnestle/payments/access/read-access-items';
import type { Trigger } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { PaymentGateway } from '@cloudnestle/payments/gateway';
import type { Order } from '@cloudnestle/payments/order';
import type { Publish } from '@cloudnestle/payments/publish';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { ListAttention } from '../attention/list-attention.ts';
import type { PaceOptions } from '../gateway/pace-gateway.ts';
import type { OpenOrders, SweepClaim } from './stores/open-orders.ts';

export interface SweepDependencies
  extends Pick<Platform, 'log' | 'metrics' | 'now' | 'newId'>,
    Pick<PaceOptions, 'callsPerSecond' | 'sleep'> {
  catalogue: Catalogue;
  gateway: PaymentGateway;
  publish: Publish;
  openOrders: OpenOrders;
  listAttention: ListAttention;
  findUser: FindUser;
  findRecord: FindRecord;
}

/** One order in one run's hands. */
export interface Check {
  claim: SweepClaim;
  order: Order;
  trigger: Trigger;
}

/** What a run counts; `errors` are tried again at the next run. */
export type SweepCount = 'settled' | 'failed' | 'expired' | 'repaired' | 'parked' | 'errors';

/** What became of one order. */
export interface CheckResult {
  counts: readonly SweepCount[];
  /** For the log: why it is parked or tried again. */
  reason?: string;
}

/** Looked at, and nothing to say of it. */
export const quiet: CheckResult = { counts: [] };

/** Not this time; the lease brings the order back at the next run. */
export function tryAgain(reason: string): CheckResult {
  return { counts: ['errors'], reason };
}
