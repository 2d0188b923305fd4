import { buildHandler as buildCallback } from '@cloudnestle/checkout/callback/composition';
import { buildHandler as buildPaymentStatus } from '@cloudnestle/checkout/status/composition';
import { buildHandler as buildUpgrade } from '@cloudnestle/checkout/upgrade/composition';
import { buildHandler as buildEntitlements } from '@cloudnestle/entitlements/subscriber/composition';
import { buildHandler as buildValidateToken } from '@cloudnestle/entitlements/validation/composition';
import { buildHandler as buildNotifications } from '@cloudnestle/notifications/composition';
import { buildHandler as buildReconcile } from '@cloudnestle/reconciliation/on-demand/composition';
import { buildHandler as buildReconciliation } from '@cloudnestle/reconciliation/subscriber/composition';
import { buildHandler as buildSweep } from '@cloudnestle/reconciliation/sweep/composition';
import { buildHandler as buildTiers } from '@cloudnestle/tiers/composition';
import { buildHandler as buildWebhook } from '@cloudnestle/webhook/composition';

/** Every function of the topology by its name, as its service composes it. */
export const handlerBuilders = {
  upgrade: buildUpgrade,
  callback: buildCallback,
  paymentStatus: buildPaymentStatus,
  webhook: buildWebhook,
  validateToken: buildValidateToken,
  tiers: buildTiers,
  entitlements: buildEntitlements,
  notifications: buildNotifications,
  reconciliation: buildReconciliation,
  reconcile: buildReconcile,
  sweep: buildSweep,
} as const;
