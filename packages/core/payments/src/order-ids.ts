const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX_LENGTH = 6;

/** `MP-{userId}-{unix seconds}-{6 of a-z0-9}`. `randomInt(n)` gives 0..n-1. */
export function createMerchantOrderId(
  userId: string,
  now: Date,
  randomInt: (exclusiveMax: number) => number,
): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `MP-${userId}-${seconds}-${suffix.join('')}`;
}

/** The key of the order's row. */
export function toTransactionId(merchantOrderId: string): string {
  return `txn_${merchantOrderId}`;
}

/** The id that a buyer and the gateway know an order by. */
export function toMerchantOrderId(transactionId: string): string {
  return transactionId.replace(/^txn_/, '');
}

/** The key of the buyer's slot for one tier. */
export function toCheckoutKey(userId: string, tier: string): string {
  return `${userId}#${tier}`;
}

/**
 * Key of the item beside the slots that says whom the buyer's last order was made out to. No slot has it, for a user id has
 * no `#`.
 */
export function toBillingKey(userId: string): string {
  return `#billing#${userId}`;
}
