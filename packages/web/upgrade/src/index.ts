export {
  createPaymentsClient,
  type PaymentsClient,
  type PaymentsClientOptions,
} from './client.ts';
export type { Follower, PaymentView } from './follow.ts';
export { formatAmount } from './format-amount.ts';
export type { PlansOutcome } from './plans.ts';
export { readReturn } from './read-return.ts';
export type { Buyer, Purchase, UpgradeCall, UpgradeOutcome } from './upgrade.ts';
export type {
  Billing,
  FieldError,
  PaymentStatus,
  Plan,
  StatusReason,
  WithoutPlan,
} from './wire.ts';
