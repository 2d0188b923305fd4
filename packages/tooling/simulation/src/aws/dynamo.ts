import type { TableDefinition } from '@cloudnestle/topology/types';
import { type AwsService, metadata, NotModelledError, type World } from './aws.ts';
import { batchGet, batchWrite } from './dynamo/batches.ts';
import { tableNotFound } from './dynamo/errors.ts';
import { inputs } from './dynamo/inputs.ts';
import { deleteItem, getItem, putItem, updateItem } from './dynamo/items.ts';
import { query } from './dynamo/query.ts';
import { type Change, Table } from './dynamo/table.ts';
import type { Item } from './dynamo/values.ts';

export type { Change } from './dynamo/table.ts';
export type { Item } from './dynamo/values.ts';

export interface DynamoOptions extends World {
  tables: readonly TableDefinition[];
  /** An eventually consistent read and every index may be behind by so much. */
  lagMs: number;
  /** Told of every write at once. The items are the store's own: read them, never change them. */
  onChange?: (change: Change) => void;
}

/** DynamoDB in memory, as the document client shows it: plain values in, plain values out. */
export interface DynamoModel extends AwsService {
  /** The item as it is now, the store's own: to be read, never changed. For invariants; no command. */
  peek(table: string, key: Record<string, string>): Item | undefined;
  /** Every item of a table as it is now, the store's own. */
  items(table: string): Iterable<Item>;
  /** Takes an item and its past out of memory without a word to `onChange`, so that long runs stay small. */
  forget(table: string, key: Record<string, string>): void;
  /** Items of all tables. */
  readonly size: number;
}

export function createDynamo({ tables, lagMs, onChange, ...world }: DynamoOptions): DynamoModel {
  const stores = new Map(
    tables.map((definition) => [
      definition.name,
      new Table(definition, { world, lagMs, ...(onChange ? { onChange } : {}) }),
    ]),
  );
  const find = (name: string) => {
    const table = stores.get(name);
    if (!table) throw tableNotFound();
    return table;
  };
  const perform = (commandName: string, input: unknown) => {
    switch (commandName) {
      case 'GetCommand':
        return getItem(find, inputs.GetCommand(input));
      case 'PutCommand':
        return putItem(find, inputs.PutCommand(input));
      case 'UpdateCommand':
        return updateItem(find, inputs.UpdateCommand(input));
      case 'DeleteCommand':
        return deleteItem(find, inputs.DeleteCommand(input));
      case 'QueryCommand':
        return query(find, inputs.QueryCommand(input));
      case 'BatchGetCommand':
        return batchGet(find, inputs.BatchGetCommand(input));
      case 'BatchWriteCommand':
        return batchWrite(find, inputs.BatchWriteCommand(input));
      default:
        throw new NotModelledError(`DynamoDB in memory has no ${commandName}`);
    }
  };
  return {
    execute: (commandName, input) => ({ ...perform(commandName, input), $metadata: metadata() }),
    peek: (table, key) => find(table).current(key),
    items: (table) => find(table).items(),
    forget: (table, key) => find(table).forget(key),
    get size() {
      let size = 0;
      for (const table of stores.values()) size += table.size;
      return size;
    },
  };
}
