import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Letter } from './letter.ts';

const TRIES = 3;

/** Deletes at most ten letters and answers those that are still there after some tries, with SQS's word for why. */
export async function deleteLetters(
  sqs: SQSClient,
  queueUrl: string,
  letters: readonly Letter[],
): Promise<{ letter: Letter; reason: string }[]> {
  let left = letters.map((letter) => ({ letter, reason: '' }));
  for (let made = 0; made < TRIES && left.length > 0; made += 1) {
    const { Failed = [] } = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: left.map(({ letter }, index) => ({
          Id: String(index),
          ReceiptHandle: letter.receiptHandle,
        })),
      }),
    );
    const reasons = new Map(Failed.map(({ Id, Code }) => [Number(Id), Code ?? 'no code']));
    left = left.flatMap(({ letter }, index) => {
      const reason = reasons.get(index);
      return reason === undefined ? [] : [{ letter, reason }];
    });
  }
  return left;
}
