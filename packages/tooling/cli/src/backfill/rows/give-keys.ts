import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AttentionAttributes } from '@cloudnestle/payments/attention/attention';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import type { Clock } from '@cloudnestle/payments/clock';
import { type ReadOrder, readOrder } from '@cloudnestle/payments/order';
import { buildChange, mergeItem } from '@cloudnestle/runtime/merge-item';
import {
  decisive,
  decisiveForAttention,
  findMissingAttention,
  findMissingKeys,
  type MissingKeys,
} from './find-missing.ts';

/** What a row lacks. */
export interface Lack {
  keys: MissingKeys | undefined;
  attention: AttentionAttributes | undefined;
}

/** What a row got. */
export interface Given {
  kind: 'given' | 'complete' | 'gone';
  isOpened: boolean;
  needsPerson: boolean;
}

/** Gives a row what it lacks, as it is now. */
export type GiveKeys = (transactionId: string) => Promise<Given>;

/** What a row lacks; undefined where it lacks nothing. Decides, and does nothing. */
export function findLack(
  item: Record<string, unknown>,
  read: ReadOrder,
  now: Date,
): Lack | undefined {
  const isReadable = read.kind === 'order';
  const keys = isReadable ? findMissingKeys(read.order, now) : undefined;
  const attention = findMissingAttention(item, { isReadable });
  return keys || attention ? { keys, attention } : undefined;
}

/** What a row with this lack gets. */
export function describeGiven(lack: Lack | undefined): Given {
  return {
    kind: lack ? 'given' : 'complete',
    isOpened: lack?.keys?.openShard !== undefined,
    needsPerson: lack?.attention !== undefined,
  };
}

/**
 * One conditional write that stands only while everything that decided it is as it was read: a service that writes
 * meanwhile is never overwritten, the row is judged anew. Nothing is written but keys, and what the row says of the need
 * for an operator.
 */
export function createGiveKeys(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  catalogue: Catalogue;
  now: Clock;
}): GiveKeys {
  const { dynamo, table, catalogue, now } = deps;
  return async (transactionId) => {
    let lack: Lack | undefined;
    const result = await mergeItem({ dynamo, table }, { transactionId }, (item) => {
      // Only the last round's counts: what an earlier one lacked, a service has written meanwhile.
      lack = findLack(item, readOrder(item, catalogue), now());
      return (
        lack &&
        buildChange(item, {
          attributes: { ...lack.keys, ...lack.attention },
          stamps: {},
          basedOn: [...decisive, ...decisiveForAttention],
        })
      );
    });
    if (result.kind === 'missing') return { kind: 'gone', isOpened: false, needsPerson: false };
    return describeGiven(lack);
  };
}
