import type { Order } from '@cloudnestle/payments/order';

/** Where the buyer pays, and the gateway's id of the order there. */
export interface Page {
  redirectUrl: string;
  gatewayOrderId: string;
}

/** Every way an upgrade call can end. */
export type UpgradeOutcome =
  /** No such user, or an email that is not theirs: a stranger must not learn which. */
  | { kind: 'userUnknown' }
  /** Payments would give them nothing. */
  | { kind: 'suspended' }
  | { kind: 'alreadyHeld'; currentTier: string }
  /** They hold a tier that the catalogue does not know: nothing is sold over it. */
  | { kind: 'unknownTier'; currentTier: string }
  | { kind: 'alreadyPaid'; currentTier: string; transactionId: string }
  /** An earlier order may still be paid at the gateway. */
  | { kind: 'inProgress'; currentTier: string; transactionId: string }
  | { kind: 'opened'; order: Order; page: Page; reused: boolean }
  | { kind: 'gatewayRefused'; reason: string }
  | { kind: 'gatewayUnavailable'; reason: string }
  /** Nothing is wrong that another try would not cure. */
  | { kind: 'busy'; reason: string }
  | { kind: 'unreadableOrder'; reason: string };
