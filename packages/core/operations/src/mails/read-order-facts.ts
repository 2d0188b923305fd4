import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { PermanentError } from '@cloudnestle/runtime/errors';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import type * as z from 'zod';

const orderFactsSchema = transactionItemSchema.pick({
  status: true,
  accessRevokedAt: true,
  duplicateOf: true,
});

/** What a mail needs to know of an order's row; all else comes with the event. */
export type OrderFacts = z.infer<typeof orderFactsSchema>;

/** The order's row as it stands now; undefined where there is none. */
export type FindOrder = (transactionId: string) => Promise<OrderFacts | undefined>;

/** Reads rows consistently. A row that does not fit its contract is a `PermanentError`. */
export function createOrderReader(read: ReadItem, table: string): FindOrder {
  return async (transactionId) => {
    const item = await read({ table, key: { transactionId } });
    if (!item) return undefined;
    const parsed = orderFactsSchema.safeParse(item);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new PermanentError(`the transaction row does not fit its contract: ${fields}`);
  };
}
