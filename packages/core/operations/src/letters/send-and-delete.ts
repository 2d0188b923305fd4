import {
  DeleteMessageBatchCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { fitAttributes, toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import type { Letter } from './letter.ts';

/** Who replays, and when the replay began: what a letter that fails again is known by. */
export interface ReplayStamp {
  replayedBy: string;
  /** ISO. */
  replayedAt: string;
}

/** What SQS takes in one call, all bodies together, was 256 KiB for long; this stays below, attributes included. */
const MOST_BYTES = 200_000;

/** `readLetter` takes no more than six digits for a count. */
const MOST_REPLAYS = 999_999;

/**
 * Sends at most ten letters to a queue as they are, with the attributes of the replay instead of those of their failure,
 * and with all attributes of others. Answers which SQS took: it may take some and refuse others.
 */
export async function sendLetters(
  sqs: SQSClient,
  queueUrl: string,
  letters: readonly Letter[],
  stamp: ReplayStamp,
): Promise<{ sent: Letter[]; refused: { letter: Letter; reason: string }[] }> {
  const bytes = letters.reduce((sum, letter) => sum + sizeOf(letter), 0);
  if (bytes > MOST_BYTES && letters.length > 1) {
    const [first, second] = [
      letters.slice(0, letters.length / 2),
      letters.slice(letters.length / 2),
    ];
    const answers = [
      await sendLetters(sqs, queueUrl, first, stamp),
      await sendLetters(sqs, queueUrl, second, stamp),
    ];
    return {
      sent: answers.flatMap(({ sent }) => sent),
      refused: answers.flatMap(({ refused }) => refused),
    };
  }
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: letters.map((letter, index) => toEntry(letter, index, stamp)),
    }),
  );
  const reasons = new Map(Failed.map(({ Id, Code }) => [Number(Id), Code ?? 'no code']));
  return {
    sent: letters.filter((_, index) => !reasons.has(index)),
    refused: letters.flatMap((letter, index) => {
      const reason = reasons.get(index);
      return reason === undefined ? [] : [{ letter, reason }];
    }),
  };
}

/** Whether SQS, which takes ten attributes, has room for the whole stamp: else a part of it stays away, and nothing else. */
export function hasRoomForStamp(letter: Letter, stamp: ReplayStamp): boolean {
  return buildAttributes(letter, stamp).left.length === 0;
}

function sizeOf({ body, foreign }: Letter): number {
  const attributes = Object.entries(foreign).flatMap(
    ([name, { DataType = '', StringValue = '', BinaryValue = new Uint8Array() }]) => [
      Buffer.byteLength(name + DataType + StringValue),
      BinaryValue.byteLength,
    ],
  );
  return attributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(body));
}

function toEntry(letter: Letter, index: number, stamp: ReplayStamp): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: letter.body,
    MessageAttributes: buildAttributes(letter, stamp).attributes,
  };
}

/** What others wrote comes first: who replayed it is kept by the operator's action log as well. */
function buildAttributes({ foreign, replay }: Letter, { replayedAt, replayedBy }: ReplayStamp) {
  const replayCount = String(Math.min(Number(replay.replayCount ?? 0) + 1, MOST_REPLAYS));
  return fitAttributes(foreign, toMessageAttributes({ replayedAt, replayedBy, replayCount }));
}

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
