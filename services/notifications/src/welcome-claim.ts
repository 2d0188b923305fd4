import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  type WelcomeClaimItem,
  welcomeClaimItemSchema,
} from '@cloudnestle/contracts/items/notification';
import type { LedgerDependencies } from '@cloudnestle/operations/mails/ledger';
import { isWritten } from '@cloudnestle/runtime/aws-errors';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { readOneByOne } from '@cloudnestle/runtime/read-item';

/** An order that asks to be the one a buyer is welcomed for, once per plan. */
export interface WelcomeClaim {
  userId: string;
  planId: string;
  transactionId: string;
}

/** True where the claim is this order's, from now on or since an earlier delivery. */
export function holdWelcome(
  ledger: LedgerDependencies,
  claim: WelcomeClaim,
  now: Date,
): Promise<boolean> {
  return put(ledger, claim, now, 'attribute_not_exists(notificationKey) OR transactionId = :mine', {
    ':mine': claim.transactionId,
  });
}

/** Takes the claim from `holder`, an order that has lost its right to it; false where it is no longer the holder. */
export function takeOverWelcome(
  ledger: LedgerDependencies,
  claim: WelcomeClaim,
  holder: string,
  now: Date,
): Promise<boolean> {
  return put(ledger, claim, now, 'transactionId = :holder OR transactionId = :mine', {
    ':holder': holder,
    ':mine': claim.transactionId,
  });
}

/** The transaction id of the order that holds the claim now (consistent read). */
export async function readWelcomeHolder(
  { dynamo, table }: LedgerDependencies,
  claim: Pick<WelcomeClaim, 'userId' | 'planId'>,
): Promise<string | undefined> {
  const item = await readOneByOne(dynamo)({ table, key: { notificationKey: welcomeKeyOf(claim) } });
  if (!item) return undefined;
  const parsed = welcomeClaimItemSchema.safeParse(item);
  if (parsed.success) return parsed.data.transactionId;
  throw new PermanentError('the welcome claim does not fit its contract');
}

async function put(
  { dynamo, table }: LedgerDependencies,
  claim: WelcomeClaim,
  now: Date,
  condition: string,
  values: Record<string, string>,
): Promise<boolean> {
  const item: WelcomeClaimItem = {
    notificationKey: welcomeKeyOf(claim),
    transactionId: claim.transactionId,
    claimedAt: now.toISOString(),
  };
  return isWritten(
    dynamo.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
      }),
    ),
  );
}

function welcomeKeyOf({ userId, planId }: Pick<WelcomeClaim, 'userId' | 'planId'>): string {
  return `welcome#${userId}#${planId}`;
}
