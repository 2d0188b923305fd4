import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { checkoutItemSchema } from '@cloudnestle/contracts/items/checkout';
import { toCheckoutKey } from '@cloudnestle/payments/order-ids';
import { ifConditionHolds } from '@cloudnestle/runtime/aws-errors';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import { type ItemKey, type ReadItem, readOneByOne } from '@cloudnestle/runtime/read-item';
import type { Buyer } from './row.ts';

/** A paid order in the line of its buyer's paid orders. */
export interface PaidOrder {
  transactionId: string;
  /** ISO with milliseconds, so that text order is time order. */
  completedAt: string;
}

/** Which orders a buyer has paid for one tier. */
export interface PaidOrders {
  /** Notes a paid order (the earliest `completedAt` counts) and answers all that are noted, this one included. */
  remember(buyer: Buyer, order: PaidOrder): Promise<PaidOrder[]>;
  /** Takes an order out again, if it is noted, and answers all that are left. */
  forget(buyer: Buyer, transactionId: string): Promise<PaidOrder[]>;
}

interface Slot {
  dynamo: DynamoDBDocumentClient;
  place: ItemKey;
}

/** Where a buyer's paid orders of one tier stand. */
export function paidOrdersAt(table: string, { userId, tier }: Buyer): ItemKey {
  return { table, key: { checkoutKey: toCheckoutKey(userId, tier) } };
}

/** The paid orders in what stands there; none where nothing does. */
export function readPaidOrders(item: Record<string, unknown> | undefined): PaidOrder[] {
  const paid = checkoutItemSchema.shape.paid.parse(item?.paid) ?? {};
  return Object.entries(paid).map(([transactionId, completedAt]) => ({
    transactionId,
    completedAt,
  }));
}

const ROUNDS = 5;

/**
 * The `paid` map of the buyer's checkouts item. One write for a buyer's first paid order; a lost answer costs a read,
 * because a repeated write only finds its own entry there.
 */
export function createPaidOrders(dynamo: DynamoDBDocumentClient, table: string): PaidOrders {
  const readAnew = readOneByOne(dynamo);
  const slotOf = (buyer: Buyer): Slot => ({ dynamo, place: paidOrdersAt(table, buyer) });
  const list = async ({ place }: Slot) => readPaidOrders(await readAnew(place));
  return {
    remember: async (buyer, order) => {
      const slot = slotOf(buyer);
      const created = await createMap(slot, order);
      if (created) return created;
      for (let round = 1; round <= ROUNDS; round += 1) {
        const known = await list(slot);
        const recorded = known.find((each) => each.transactionId === order.transactionId);
        if (recorded && recorded.completedAt <= order.completedAt) return known;
        const written = await writeEntry(slot, order);
        if (written) return written;
      }
      throw new RetryLaterError(`the paid orders of one buyer kept changing in ${table}`);
    },
    forget: async (buyer, transactionId) => {
      const slot = slotOf(buyer);
      return (await removeEntry(slot, transactionId)) ?? (await list(slot));
    },
  };
}

/** What the buyer paid for ever, of one tier, as it stands now. */
export async function listPaidOrders(
  read: ReadItem,
  table: string,
  buyer: Buyer,
): Promise<PaidOrder[]> {
  return readPaidOrders(await read(paidOrdersAt(table, buyer)));
}

/** Undefined where there is a map already. */
function createMap(slot: Slot, order: PaidOrder): Promise<PaidOrder[] | undefined> {
  return update(slot, {
    UpdateExpression: 'SET paid = :paid',
    ConditionExpression: 'attribute_not_exists(paid)',
    ExpressionAttributeValues: { ':paid': { [order.transactionId]: order.completedAt } },
  });
}

/** Undefined where an earlier entry for the order is there already. */
function writeEntry(slot: Slot, order: PaidOrder): Promise<PaidOrder[] | undefined> {
  return update(slot, {
    UpdateExpression: 'SET paid.#order = :completedAt',
    ConditionExpression:
      'attribute_exists(paid) AND (attribute_not_exists(paid.#order) OR paid.#order > :completedAt)',
    ExpressionAttributeNames: { '#order': order.transactionId },
    ExpressionAttributeValues: { ':completedAt': order.completedAt },
  });
}

/** Undefined where there is no entry for the order. The map stays, empty or not, and no item is made. */
function removeEntry(slot: Slot, transactionId: string): Promise<PaidOrder[] | undefined> {
  return update(slot, {
    UpdateExpression: 'REMOVE paid.#order',
    ConditionExpression: 'attribute_exists(paid.#order)',
    ExpressionAttributeNames: { '#order': transactionId },
  });
}

async function update(
  slot: Slot,
  expressions: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
): Promise<PaidOrder[] | undefined> {
  const answer = await ifConditionHolds(
    slot.dynamo.send(
      new UpdateCommand({
        TableName: slot.place.table,
        Key: { ...slot.place.key },
        ReturnValues: 'ALL_NEW',
        ...expressions,
      }),
    ),
  );
  return answer && readPaidOrders(answer.Attributes);
}
