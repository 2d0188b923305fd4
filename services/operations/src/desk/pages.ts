import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { resultPageItemSchema } from '@cloudnestle/contracts/items/operation';
import * as z from 'zod';
import type { OperationsTable } from './operations-table.ts';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** A value as it is kept: compressed JSON. DynamoDB takes items of at most 400 KB. */
export async function pack(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await compress(JSON.stringify(value)));
}

export async function unpack(bytes: Uint8Array): Promise<unknown> {
  const text = (await expand(bytes)).toString('utf8');
  const value: unknown = JSON.parse(text);
  return value;
}

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
      await table.put({
        ...keyOf(pk, prefix, number),
        gzip: await pack(entries),
        count: entries.length,
        expiresAtSeconds,
      });
    },
    read: async ({ pk, prefix, number }, schema) => {
      const item = await table.find(keyOf(pk, prefix, number));
      if (!item) return undefined;
      const { gzip: bytes } = resultPageItemSchema.parse(item);
      return z.array(schema).parse(await unpack(bytes));
    },
  };
}

function keyOf(pk: string, prefix: string, number: number) {
  return { pk, sk: `${prefix}#${String(number).padStart(6, '0')}` };
}
