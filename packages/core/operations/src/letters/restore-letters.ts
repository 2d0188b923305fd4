import {
  type MessageAttributeValue,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describeError } from '@cloudnestle/runtime/errors';
import { toMessageAttributes } from '@cloudnestle/runtime/queue/dead-letter';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import type { LetterSource } from './go-through-letters.ts';
import type { KeptLetter, KeptLetters } from './kept-letters.ts';
import type { Letter } from './letter.ts';

/** Which discarded letters of a queue are meant; of nothing given, all. */
export interface KeptChoice {
  /** Those of this discard: a job's id, or what the command line said. */
  discard?: string | undefined;
  messageId?: string | undefined;
}

export interface RestoreJob extends KeptChoice {
  kept: KeptLetters;
  /** Names this run of it: what a killed one had begun is told from it. */
  restore: string;
  signal: AbortSignal;
  onProgress?(became: Restored): void;
  /** Is told of letters before any of them is sent: what a killed run did can be told by it. */
  begin?(letters: readonly KeptLetter[]): Promise<void>;
}

/** What became of the letters that were meant. */
export interface Restored {
  /** In their dead-letter queue again. */
  restored: number;
  /** Of the restored ones, those that an earlier, killed restore may have sent as well: their queue may have them twice, which subscribers can take. */
  sentAgain: number;
  /** SQS did not take them: they stay kept. */
  notSent: number;
  /** Another restore had sent them back already. */
  gone: number;
}

/**
 * Sends discarded letters back into their dead-letter queue, with all that stood on them, and only then forgets them: a kill in
 * between sends one a second time, which the next run counts, and loses none. `isWhole`: it was not stopped before the end.
 */
export async function restoreLetters(
  source: LetterSource,
  job: RestoreJob,
): Promise<Restored & { isWhole: boolean }> {
  const became: Restored = { restored: 0, sentAgain: 0, notSent: 0, gone: 0 };
  for await (const meant of listMeant(source, job)) {
    if (job.signal.aborted) return { ...became, isWhole: false };
    await job.begin?.(meant);
    await waitForAll(
      meant.map(async (each) => {
        for (const name of await restoreOne(source, job, each)) became[name] += 1;
      }),
    );
    job.onProgress?.({ ...became });
  }
  return { ...became, isWhole: true };
}

/** What an operator must know of letters that another restore had begun with, in sentences. */
export function sayRepeats({ sentAgain, gone }: Restored): string[] {
  return [
    ...(sentAgain > 0
      ? [
          `${sentAgain} of them may be there twice: a restore that was killed had begun with them. Replaying both changes nothing more.`,
        ]
      : []),
    ...(gone > 0 ? [`${gone} had been restored already, and were not sent again.`] : []),
  ];
}

/** The letters that are meant, page by page. */
export async function* listMeant(
  { queue }: Pick<LetterSource, 'queue'>,
  { kept, discard, messageId }: KeptChoice & Pick<RestoreJob, 'kept'>,
): AsyncGenerator<KeptLetter[]> {
  const of = discard === undefined ? { queue: queue.name } : { jobId: discard };
  let cursor: string | undefined;
  do {
    const page = await kept.list(of, cursor);
    const meant = page.entries.filter(
      (each) =>
        each.queue === queue.name && (messageId === undefined || each.messageId === messageId),
    );
    if (meant.length > 0) yield meant;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function restoreOne(
  { sqs, queue }: LetterSource,
  { kept, restore }: RestoreJob,
  each: KeptLetter,
): Promise<(keyof Restored)[]> {
  const claimed = await kept.claim(each, restore);
  if (claimed === 'gone') return ['gone'];
  const isSent = await send(sqs, queue.deadLetterUrl, each.letter);
  if (!isSent) {
    if (claimed === 'first') await kept.unclaim(each, restore);
    return ['notSent'];
  }
  await kept.remove(each);
  return claimed === 'again' ? ['restored', 'sentAgain'] : ['restored'];
}

/** False: SQS does not take what is in it. */
async function send(sqs: SQSClient, QueueUrl: string, letter: Letter): Promise<boolean> {
  try {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: letter.body,
        MessageAttributes: listAttributes(letter),
      }),
    );
    return true;
  } catch (error) {
    if (describeError(error).startsWith('InvalidMessageContents')) return false;
    throw error;
  }
}

/** All that stood on it: what others wrote to the byte, and why it failed. */
function listAttributes({ attributes, foreign }: Letter): Record<string, MessageAttributeValue> {
  const own = Object.entries(attributes).filter(([name]) => !Object.hasOwn(foreign, name));
  return { ...toMessageAttributes(Object.fromEntries(own)), ...foreign };
}

/** What is kept of a queue and would be restored. */
export interface KeptPreview {
  chosen: number;
  /** Letters by reason, the most first; reasons as they are. */
  reasons: { reason: string; count: number }[];
  /** The discards that they are of, the latest first. */
  discards: KeptDiscard[];
}

interface KeptDiscard {
  discard: string;
  by: string;
  /** Of its first letter. */
  at: string;
  count: number;
  /** ISO; the first of its letters that goes. */
  keptUntil: string;
}

/** Reads what a restore would send back; changes nothing. */
export async function previewRestore(
  source: Pick<LetterSource, 'queue'>,
  choice: KeptChoice & Pick<RestoreJob, 'kept'>,
): Promise<KeptPreview> {
  const reasons = new Map<string, number>();
  const discards = new Map<string, KeptDiscard>();
  let chosen = 0;
  for await (const page of listMeant(source, choice)) {
    for (const { letter, jobId, by, at, keptUntil } of page) {
      chosen += 1;
      const { reason } = letter.failure;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      const until = keptUntil.toISOString();
      const known = discards.get(jobId) ?? { discard: jobId, by, at, count: 0, keptUntil: until };
      discards.set(jobId, {
        ...known,
        count: known.count + 1,
        at: earlier(at, known.at),
        keptUntil: earlier(until, known.keptUntil),
      });
    }
  }
  return {
    chosen,
    reasons: [...reasons]
      .map(([reason, count]) => ({ reason, count }))
      .toSorted((a, b) => b.count - a.count),
    discards: [...discards.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1)),
  };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
