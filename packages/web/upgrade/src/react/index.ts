export {
  PaymentReturn,
  type PaymentReturnProps,
  usePaymentStatus,
} from './payment-return.tsx';
export { PaymentsProvider, type PaymentsProviderProps } from './provider.tsx';
export { UpgradeButton, type UpgradeButtonProps, UpgradeStatus } from './upgrade-button.tsx';
export { type Plans, usePlans } from './use-plans.ts';
export {
  type Upgrade,
  type UpgradeState,
  type UseUpgradeOptions,
  useUpgrade,
} from './use-upgrade.ts';
export { english, type ViewName, type Words } from './words.ts';
