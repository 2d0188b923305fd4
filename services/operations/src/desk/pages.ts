import { resultPageItemSchema } from '@cloudnestle/contracts/items/operation';
import type { OperationsTable } from '@cloudnestle/operations/operations-table';
import { MOST_BYTES, pack, unpack } from '@cloudnestle/operations/pack';
import * as z from 'zod';

/** Lists that are too long for one item, in pages of one partition: `{prefix}#{number in six digits}`. */
export interface Pages {
  write(page: {
    pk: string;
    prefix: string;
    number: number;
    entries: readonly unknown[];
    expiresAtSeconds: number;
  }): Promise<void>;
  /** The page of that number; undefined where there is none. */
  read<Schema extends z.ZodType>(
    where: { pk: string; prefix: string; number: number },
    schema: Schema,
  ): Promise<z.infer<Schema>[] | undefined>;
}

export function createPages(table: OperationsTable): Pages {
  return {
    write: async ({ pk, prefix, number, entries, expiresAtSeconds }) => {
      if (entries.length === 0) return;
      const parts = await packParts(entries);
      // The first says how many there are: it is written once the others are there.
      for (const [part, { gzip: bytes, count }] of [...parts.entries()].toReversed()) {
        await table.put({
          ...keyOf(pk, prefix, number, part),
          gzip: bytes,
          count,
          ...(part === 0 && parts.length > 1 ? { parts: parts.length } : {}),
          expiresAtSeconds,
        });
      }
    },
    read: async ({ pk, prefix, number }, schema) => {
      const entries: z.infer<typeof schema>[] = [];
      for (let part = 0, parts = 1; part < parts; part += 1) {
        const item = await table.find(keyOf(pk, prefix, number, part));
        if (!item) return undefined;
        const read = resultPageItemSchema.parse(item);
        entries.push(...z.array(schema).parse(await unpack(read.gzip)));
        if (part === 0) parts = read.parts ?? 1;
      }
      return entries;
    },
  };
}

/** As few items as they fit into; one entry alone must fit. */
async function packParts(
  entries: readonly unknown[],
): Promise<{ gzip: Uint8Array<ArrayBuffer>; count: number }[]> {
  const bytes = await pack(entries);
  const { length } = entries;
  if (bytes.byteLength <= MOST_BYTES || length === 1) return [{ gzip: bytes, count: length }];
  const half = Math.ceil(length / 2);
  const [first, second] = [entries.slice(0, half), entries.slice(half)];
  return [...(await packParts(first)), ...(await packParts(second))];
}

function keyOf(pk: string, prefix: string, number: number, part: number) {
  const page = `${prefix}#${String(number).padStart(6, '0')}`;
  return { pk, sk: part === 0 ? page : `${page}#${part}` };
}
