import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type CheckoutItem, checkoutItemSchema } from '@cloudnestle/contracts/items/checkout';
import { addMs, type Clock, toTimestamp } from '@cloudnestle/payments/clock';
import {
  createMerchantOrderId,
  toCheckoutKey,
  toTransactionId,
} from '@cloudnestle/payments/order-ids';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import type { Platform } from '@cloudnestle/runtime/platform';
import { readOneByOne } from '@cloudnestle/runtime/read-item';
import type { Purchase } from './read-purchase.ts';

/** What a request expects to find in the slot. Its own claim is always as good: the answer to it may have been lost. */
type Expectation =
  /** No order, and none ever paid. */
  | { kind: 'untouched' }
  /** No current order. */
  | { kind: 'vacant' }
  | { kind: 'heldBy'; merchantOrderId: string };

/** The slots of `marketplace-payment-checkouts`: one current order per buyer and tier. */
export interface CheckoutSlots {
  /** As it stands now (consistent read). */
  find(checkoutKey: string): Promise<CheckoutItem | undefined>;
  /** Makes the claim's order the current one, with a lease as long as the function may run. False: not as expected. */
  take(claim: Claim, expected: Expectation): Promise<boolean>;
  /** Ends the claim's lease now, if it still holds the slot. */
  releaseLease(claim: Claim): Promise<boolean>;
  /** Empties the slot, if the claim's order still is the current one. The item stays: it remembers paid orders. */
  free(claim: Claim): Promise<boolean>;
}

export function createCheckoutSlots(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  now: Clock;
  leaseMs: number;
}): CheckoutSlots {
  const { dynamo, table, now, leaseMs } = deps;
  const read = readOneByOne(dynamo);
  const update = (
    { checkoutKey }: Claim,
    expression: { UpdateExpression: string; ConditionExpression: string },
    values: Record<string, string>,
  ) =>
    isWritten(
      dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: { checkoutKey },
          ...expression,
          ExpressionAttributeValues: { ...values, ':now': toTimestamp(now()) },
        }),
      ),
    );
  return {
    find: async (checkoutKey) => {
      const item = await read({ table, key: { checkoutKey } });
      return item && checkoutItemSchema.parse(item);
    },
    take: (claim, expected) => {
      const condition = toCondition(expected);
      return update(
        claim,
        {
          UpdateExpression:
            'SET merchantOrderId = :order, claimId = :claim, leaseUntil = :until, updatedAt = :now',
          ConditionExpression: `claimId = :claim OR (${condition.expression})`,
        },
        {
          ...condition.values,
          ':order': claim.merchantOrderId,
          ':claim': claim.claimId,
          ':until': toTimestamp(addMs(now(), leaseMs)),
        },
      );
    },
    releaseLease: (claim) =>
      update(
        claim,
        {
          UpdateExpression: 'SET leaseUntil = :now, updatedAt = :now',
          ConditionExpression: 'claimId = :claim',
        },
        { ':claim': claim.claimId },
      ),
    free: (claim) =>
      update(
        claim,
        {
          UpdateExpression: 'REMOVE merchantOrderId, claimId, leaseUntil SET updatedAt = :now',
          ConditionExpression: 'merchantOrderId = :order',
        },
        { ':order': claim.merchantOrderId },
      ),
  };
}

function toCondition(expected: Expectation): {
  expression: string;
  values: Record<string, string>;
} {
  switch (expected.kind) {
    case 'untouched':
      return {
        expression: 'attribute_not_exists(merchantOrderId) AND attribute_not_exists(paid)',
        values: {},
      };
    case 'vacant':
      return { expression: 'attribute_not_exists(merchantOrderId)', values: {} };
    case 'heldBy':
      return {
        expression: 'merchantOrderId = :held',
        values: { ':held': expected.merchantOrderId },
      };
  }
}

/** One request's wish to be the buyer's current order. */
export interface Claim {
  checkoutKey: string;
  merchantOrderId: string;
  transactionId: string;
  /** The request's own id: by it a repeated write knows that it lost only to itself (rule 9). */
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
