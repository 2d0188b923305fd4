import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { readOrder } from '@cloudnestle/payments/order';
import { buildChange } from '@cloudnestle/runtime/build-change';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { decisive, findMissingKeys } from './find-missing-keys.ts';

/** Gives a row the index keys that it lacks, as it is now. */
export type GiveKeys = (transactionId: string) => Promise<'given' | 'opened' | 'complete' | 'gone'>;

/**
 * One conditional write that stands only while everything that decided it is as it was read: a service that writes
 * meanwhile is never overwritten, the row is judged anew. Nothing but the keys is written.
 */
export function createGiveKeys(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  catalogue: Catalogue;
  now: Clock;
}): GiveKeys {
  const { dynamo, table, catalogue, now } = deps;
  return async (transactionId) => {
    let isOpened = false;
    const result = await mergeItem({ dynamo, table }, { transactionId }, (item) => {
      const read = readOrder(item, catalogue);
      const keys = read.kind === 'order' ? findMissingKeys(read.order, now()) : undefined;
      isOpened = keys?.openShard !== undefined;
      return keys && buildChange(item, { attributes: { ...keys }, stamps: {}, basedOn: decisive });
    });
    if (result.kind === 'missing') return 'gone';
    if (result.kind === 'unchanged') return 'complete';
    return isOpened ? 'opened' : 'given';
  };
}
