import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/message-attributes';
import type { Letter } from './letter.ts';

/** Who replays, and when the replay began: what a letter that fails again is known by. */
export interface ReplayStamp {
  replayedBy: string;
  /** ISO. */
  replayedAt: string;
}

/** What SQS takes in one call, all bodies together, was 256 KiB for long; this stays below, attributes included. */
const MOST_BYTES = 200_000;

/** Whoever reads a count takes six digits for one. */
const MOST_REPLAYS = 999_999;

/**
 * Sends at most ten letters to a queue as they are, with the design's replay attributes instead of those of their
 * failure. Answers which SQS took: it may take some and refuse others.
 */
export async function sendLetters(
  sqs: SQSClient,
  queueUrl: string,
  letters: readonly Letter[],
  stamp: ReplayStamp,
): Promise<{ sent: Letter[]; refused: { letter: Letter; reason: string }[] }> {
  const bytes = letters.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
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

function toEntry(
  { body, replay }: Letter,
  index: number,
  stamp: ReplayStamp,
): SendMessageBatchRequestEntry {
  const replayCount = String(Math.min(Number(replay.replayCount ?? 0) + 1, MOST_REPLAYS));
  return {
    Id: String(index),
    MessageBody: body,
    MessageAttributes: toMessageAttributes({ ...stamp, replayCount }),
  };
}
