import { buildHandler as buildPaymentStatus } from '@cloudnestle/checkout/status/composition';
import { buildHandler as buildUpgrade } from '@cloudnestle/checkout/upgrade/composition';
import { buildHandler as buildEntitlements } from '@cloudnestle/entitlements/subscriber/composition';
import { buildHandler as buildNotifications } from '@cloudnestle/notifications/composition';
import { buildHandler as buildReconciliation } from '@cloudnestle/reconciliation/subscriber/composition';
import { buildHandler as buildTiers } from '@cloudnestle/tiers/composition';
import { buildHandler as buildWebhook } from '@cloudnestle/webhook/composition';

/** Every function of the topology by its name, as its service composes it. */
export const handlerBuilders = {
  upgrade: buildUpgrade,
  paymentStatus: buildPaymentStatus,
  webhook: buildWebhook,
  tiers: buildTiers,
  entitlements: buildEntitlements,
  notifications: buildNotifications,
  reconciliation: buildReconciliation,
} as const;
