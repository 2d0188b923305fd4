import {
  createMerchantOrderId,
  toCheckoutKey,
  toTransactionId,
} from '@cloudnestle/payments/order-ids';
import type { Platform } from '@cloudnestle/runtime/platform';
import type { Purchase } from './read-purchase.ts';

/** One request's wish to be the buyer's current order. */
export interface Claim {
  checkoutKey: string;
  merchantOrderId: string;
  transactionId: string;
  /** The request's own id: by it a repeated write knows that it lost only to itself (design, rule 9). */
  claimId: string;
}

export function buildClaim(
  platform: Pick<Platform, 'now' | 'newId' | 'randomInt'>,
  { userId, plan }: Purchase,
): Claim {
  const merchantOrderId = createMerchantOrderId(userId, platform.now(), platform.randomInt);
  return {
    checkoutKey: toCheckoutKey(userId, plan.tier),
    merchantOrderId,
    transactionId: toTransactionId(merchantOrderId),
    claimId: platform.newId(),
  };
}
