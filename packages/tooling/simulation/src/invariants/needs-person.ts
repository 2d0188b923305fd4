import { attentionReasons } from '@cloudnestle/contracts/items/attention';
import { readAttention, readResolution } from '@cloudnestle/payments/attention/attention';
import type { Item } from '../aws/dynamo.ts';

/** Whether an order says why a person must look, or a person has looked and said so. */
export function isWithPerson(row: Item): boolean {
  return (
    readAttention(row).length > 0 ||
    attentionReasons.some((reason) => readResolution(row, reason) !== undefined)
  );
}
