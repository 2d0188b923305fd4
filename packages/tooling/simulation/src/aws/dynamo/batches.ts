import { checkItem, checkKey } from './checks.ts';
import { copyItem } from './copies.ts';
import { invalid } from './errors.ts';
import type { Input } from './inputs.ts';
import { type FindTable, getItem } from './items.ts';
import { sizeOf } from './size.ts';
import { encodeKey } from './table-index.ts';

const MOST_KEYS = 100;
const MOST_WRITES = 25;

export function batchGet(find: FindTable, { RequestItems }: Input<'BatchGetCommand'>) {
  const requests = Object.entries(RequestItems);
  checkCount(requests.flatMap(([, { Keys }]) => Keys).length, MOST_KEYS);
  const Responses: Record<string, Record<string, unknown>[]> = {};
  for (const [TableName, { Keys, ...reading }] of requests) {
    const table = find(TableName);
    const keys = Keys.map((each) => copyItem(each));
    for (const key of keys) checkKey(table, key);
    checkDistinct(keys.map((key) => encodeKey(key, table.keyNames)));
    Responses[TableName] = Keys.flatMap((Key) => {
      const { Item } = getItem(find, { TableName, Key, ...reading });
      return Item ? [Item] : [];
    });
  }
  return { Responses, UnprocessedKeys: {} };
}

export function batchWrite(find: FindTable, { RequestItems }: Input<'BatchWriteCommand'>) {
  const requests = Object.entries(RequestItems).map(([name, writes]) => ({
    table: name,
    writes: writes.map((write) =>
      'PutRequest' in write
        ? { isPut: true, item: copyItem(write.PutRequest.Item) }
        : { isPut: false, item: copyItem(write.DeleteRequest.Key) },
    ),
  }));
  checkCount(requests.flatMap(({ writes }) => writes).length, MOST_WRITES);
  // Nothing is written where anything is wrong.
  for (const { table: name, writes } of requests) {
    const table = find(name);
    for (const { isPut, item } of writes) {
      if (isPut) checkItem(table, item);
      else checkKey(table, item);
    }
    checkDistinct(writes.map(({ item }) => encodeKey(item, table.keyNames)));
  }
  for (const { table: name, writes } of requests) {
    const table = find(name);
    for (const { isPut, item } of writes) {
      if (isPut) table.put(item, sizeOf(item));
      else table.delete(item);
    }
  }
  return { UnprocessedItems: {} };
}

function checkCount(count: number, most: number): void {
  if (count === 0 || count > most) {
    throw invalid(`Too many items requested, or none: ${count} of at most ${most}`);
  }
}

function checkDistinct(keys: readonly (string | undefined)[]): void {
  if (new Set(keys).size < keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
}
