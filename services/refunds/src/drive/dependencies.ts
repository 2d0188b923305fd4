import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import type { RefundClaim } from '@cloudnestle/operations/refunds/refund-rows';
import type { ReserveDependencies } from '@cloudnestle/operations/refunds/reserve-refund';
import type { Publish, Trigger } from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Platform } from '@cloudnestle/runtime/platform';

/** One call to the gateway, its token included. Two of them and what is written fit into a record's time. */
export const GATEWAY_TIMEOUT_MS = 4000;
/** One attempt of one AWS call. */
export const AWS_TIMEOUT_MS = 2000;

export interface DriveDependencies
  extends ReserveDependencies,
    Pick<Platform, 'log' | 'metrics' | 'newId'> {
  catalogue: Catalogue;
  publish: Publish;
}

/** One refund in one look's hands. */
export interface Look {
  claim: RefundClaim;
  trigger: Omit<Trigger, 'gatewayEvent'>;
}

/**
 * What a step left: a refund to be driven on at once, or one that waits. `undefined` of a write: another look has the
 * refund.
 */
export type Step =
  | { kind: 'next'; refund: RefundItem }
  /** `isUnanswered`: the gateway could not be asked. */
  | { kind: 'waits'; reason?: string; isUnanswered?: true };

export const lostClaim: Step = { kind: 'waits', reason: 'another look has this refund' };
