import type { OperationDoc } from '../operation.ts';
import { adminOperations } from './admin.ts';
import { followCallback, postCallback } from './callback.ts';
import { invoice } from './invoice.ts';
import { paymentStatus } from './payment-status.ts';
import { plans } from './plans.ts';
import { reconcile } from './reconcile.ts';
import { refund, refundStatus } from './refund.ts';
import { upgrade } from './upgrade.ts';
import { validateToken } from './validate-token.ts';
import { webhook } from './webhook.ts';

/** Every call of the API. */
export const operations: readonly OperationDoc[] = [
  plans,
  upgrade,
  paymentStatus,
  invoice,
  postCallback,
  followCallback,
  validateToken,
  webhook,
  reconcile,
  refund,
  refundStatus,
  ...adminOperations,
];
