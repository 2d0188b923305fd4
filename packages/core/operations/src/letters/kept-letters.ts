import { gzipSync } from 'node:zlib';
import { type KeptLetterItem, keptLetterItemSchema } from '@cloudnestle/contracts/items/operation';
import type { Clock } from '@cloudnestle/payments/clock';
import { PermanentError } from '@cloudnestle/runtime/errors';
import * as z from 'zod';
import { expiresAfter, type OperationsTable, type Page } from '../operations-table.ts';
import { MOST_BYTES, pack, unpack } from '../pack.ts';
import type { Letter } from './letter.ts';

/** Discarded letters, whole, for as long as a dead-letter queue would have kept them. */
export interface KeptLetters {
  /** Resolves once all of them are kept. A letter that is kept again stands once. */
  keep(letters: readonly Letter[], of: { jobId: string; queue: string; by: string }): Promise<void>;
  /** Of one discard, or of a queue: the latest first. */
  list(of: { jobId: string } | { queue: string }, cursor?: string): Promise<Page<KeptLetter>>;
  /** How many a discard has kept. */
  count(jobId: string): Promise<number>;
  has(kept: KeptKey): Promise<boolean>;
  /** Message ids of what a discard has kept. */
  listIds(jobId: string): Promise<Set<string>>;
  /**
   * Marks a letter that is about to be sent back. `again`: an earlier restore was killed at that, so it may be in its queue already;
   * `gone`: another restore has sent it back, and an index that lags still lists it.
   */
  claim(kept: KeptKey, restore: string): Promise<'first' | 'again' | 'gone'>;
  /** Takes the mark back: it was certainly not sent. */
  unclaim(kept: KeptKey, restore: string): Promise<void>;
  remove(kept: KeptKey): Promise<void>;
}

type KeptKey = Pick<KeptLetter, 'jobId' | 'messageId'>;

export interface KeptLetter
  extends Pick<KeptLetterItem, 'jobId' | 'queue' | 'messageId' | 'by' | 'at'> {
  letter: Letter;
  keptUntil: Date;
}

const KEPT_DAYS = 14;
const PAGE = 50;
/** No text of so few bytes is larger once it is compressed. */
const SURELY_SMALL = 200_000;

export function createKeptLetters(table: OperationsTable, now: Clock): KeptLetters {
  return {
    keep: async (letters, { jobId, queue, by }) => {
      const at = now();
      await Promise.all(
        letters.map(async (letter) => {
          const item: KeptLetterItem = {
            ...keyOf({ jobId, messageId: letter.messageId }),
            jobId,
            queue,
            messageId: letter.messageId,
            by,
            at: at.toISOString(),
            gzip: await pack(toStored(letter)),
            timeKey: `KEPT#${queue}`,
            expiresAtSeconds: expiresAfter(at, KEPT_DAYS),
          };
          await table.put({ ...item });
        }),
      );
    },
    list: async (of, cursor) => {
      const { entries, nextCursor } = await table.list({
        of:
          'jobId' in of
            ? { index: 'none', pk: `kept#${of.jobId}` }
            : { index: 'time', timeKey: `KEPT#${of.queue}` },
        latestFirst: true,
        limit: PAGE,
        cursor,
      });
      const second = now().getTime() / 1000;
      const items = entries
        .map(readItem)
        .filter(({ expiresAtSeconds }) => expiresAtSeconds > second);
      return { entries: await Promise.all(items.map(toKept)), nextCursor };
    },
    count: (jobId) => table.count(`kept#${jobId}`),
    has: async (kept) => (await table.find(keyOf(kept))) !== undefined,
    listIds: async (jobId) => {
      const ids = new Set<string>();
      const of = { index: 'none', pk: `kept#${jobId}` } as const;
      let cursor: string | undefined;
      do {
        const { entries, nextCursor } = await table.list({ of, latestFirst: false, cursor });
        for (const { sk } of entries) ids.add(String(sk));
        cursor = nextCursor;
      } while (cursor !== undefined);
      return ids;
    },
    claim: async (kept, restore) => {
      let before: unknown;
      const result = await table.merge(keyOf(kept), (item) => {
        // After a lost answer the repeated write finds its own.
        if (item.restoring === restore) return undefined;
        before = item.restoring;
        return { set: { restoring: restore }, basedOn: ['restoring'] };
      });
      if (result.kind === 'missing') return 'gone';
      return before === undefined ? 'first' : 'again';
    },
    unclaim: async (kept, restore) => {
      await table.merge(keyOf(kept), (item) =>
        item.restoring === restore
          ? { set: {}, remove: ['restoring'], basedOn: ['restoring'] }
          : undefined,
      );
    },
    remove: (kept) => table.remove(keyOf(kept)),
  };
}

/** Whether a letter is too large to be kept. */
export function isTooLarge(letter: Letter): boolean {
  if (Buffer.byteLength(letter.body) < SURELY_SMALL) return false;
  return gzipSync(JSON.stringify(toStored(letter))).byteLength > MOST_BYTES;
}

function keyOf({ jobId, messageId }: KeptKey) {
  return { pk: `kept#${jobId}`, sk: messageId };
}

const optionalText = z.string().optional();
const foreignSchema = z.record(
  z.string(),
  z.object({ DataType: optionalText, StringValue: optionalText, bytes: optionalText }),
);

/** A letter as it is kept; its receipt is spent. */
const storedSchema = z.object({
  messageId: z.string(),
  body: z.string(),
  sentAt: z.coerce.date(),
  event: z.record(z.string(), z.string()),
  failure: z.object({
    kind: z.enum(['permanent', 'exhausted', 'moved', 'undelivered']),
    reason: z.string(),
    attempts: z.number().optional(),
    firstAt: optionalText,
    lastAt: optionalText,
  }),
  replay: z.object({
    replayedBy: optionalText,
    replayedAt: optionalText,
    replayCount: optionalText,
  }),
  attributes: z.record(z.string(), z.string()),
  foreign: foreignSchema,
  subscriber: optionalText,
  obstacle: optionalText,
});

function toStored({ receiptHandle: _spent, foreign, ...letter }: Letter) {
  const bytes = (binary: Uint8Array | undefined) =>
    binary && Buffer.from(binary).toString('base64');
  return {
    ...letter,
    foreign: Object.fromEntries(
      Object.entries(foreign).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        { DataType, StringValue, bytes: bytes(BinaryValue) },
      ]),
    ),
  };
}

async function toKept(item: KeptLetterItem): Promise<KeptLetter> {
  const { jobId, queue, messageId, by, at, gzip, expiresAtSeconds } = item;
  const { foreign, ...stored } = storedSchema.parse(await unpack(gzip));
  const letter: Letter = {
    ...stored,
    subscriber: stored.subscriber,
    obstacle: stored.obstacle,
    receiptHandle: '',
    foreign: Object.fromEntries(
      Object.entries(foreign).map(([name, { DataType, StringValue, bytes }]) => [
        name,
        {
          DataType,
          ...(StringValue === undefined ? {} : { StringValue }),
          ...(bytes === undefined ? {} : { BinaryValue: Buffer.from(bytes, 'base64') }),
        },
      ]),
    ),
  };
  return { jobId, queue, messageId, by, at, letter, keptUntil: new Date(expiresAtSeconds * 1000) };
}

function readItem(item: Record<string, unknown>): KeptLetterItem {
  const read = keptLetterItemSchema.safeParse(item);
  if (read.success) return read.data;
  throw new PermanentError('a kept letter does not fit its contract');
}
