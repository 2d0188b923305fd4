import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeError } from '@cloudnestle/runtime/errors';
import { tell } from '../output/print.ts';
import { chunk } from './chunk.ts';
import type { Letter } from './letter.ts';

/** Letters that were received and are kept from everybody for a while, and given back at the end. */
export interface Hold {
  /** Keeps a letter, or renews the one that came again because its visibility timeout was over. */
  keep(letter: Letter): void;
  has(messageId: string): boolean;
  size(): number;
  /** Makes all of them visible to everybody again. What cannot be given back comes back by itself. */
  release(): Promise<void>;
}

const RELEASES_AT_ONCE = 4;

export function createHold(sqs: SQSClient, queueUrl: string): Hold {
  const handles = new Map<string, string>();
  const giveBack = async (batch: readonly string[]): Promise<void> => {
    const Entries = batch.map((ReceiptHandle, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  };
  return {
    keep: ({ messageId, receiptHandle }) => handles.set(messageId, receiptHandle),
    has: (messageId) => handles.has(messageId),
    size: () => handles.size,
    release: async () => {
      const batches = chunk([...handles.values()], 10).values();
      handles.clear();
      const giveSomeBack = async () => {
        for (const batch of batches) await giveBack(batch);
      };
      const working = Array.from({ length: RELEASES_AT_ONCE }, giveSomeBack);
      await Promise.all(working).catch((error: unknown) => {
        tell(`Some letters stay hidden for up to a minute (${describeError(error)}).`);
      });
    },
  };
}
