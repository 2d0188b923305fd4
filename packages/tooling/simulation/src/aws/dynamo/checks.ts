import { invalid } from './errors.ts';
import { MAX_ITEM_BYTES, sizeOf } from './size.ts';
import type { Table } from './table.ts';
import { type Item, memberOf, typeOf, type ValueType } from './values.ts';

const MAX_KEY_BYTES = [2048, 1024] as const;

/** Exactly the key of the table, each part a string that DynamoDB takes. */
export function checkKey(table: Table, key: Item): void {
  const { keyNames } = table;
  const mismatch = 'The provided key element does not match the schema';
  if (Object.keys(key).length !== keyNames.length) throw invalid(mismatch);
  keyNames.forEach((name, at) => {
    const value = memberOf(key, name);
    if (typeof value !== 'string') throw invalid(mismatch);
    checkKeyText(name, value, at);
  });
}

/** An item that is to be kept: it has its key, fits the indexes and is not too large. Answers its bytes. */
export function checkItem(table: Table, item: Item): number {
  table.keyNames.forEach((name, at) => {
    const value = memberOf(item, name);
    if (value === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Missing the key ${name} in the item`,
      );
    }
    if (typeof value !== 'string') throw wrongKeyType(name, typeOf(value));
    checkKeyText(name, value, at);
  });
  checkIndexKeys(table, item);
  return checkSize(item);
}

/** Answers the item's bytes. */
export function checkSize(item: Item): number {
  const size = sizeOf(item);
  if (size > MAX_ITEM_BYTES) {
    throw invalid('Item size to update has exceeded the maximum allowed size');
  }
  return size;
}

/** What an index is keyed by is a string that DynamoDB takes as a key, or is not there. */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const { keyNames } of table.indexes.values()) {
    keyNames.forEach((name, at) => {
      const value = memberOf(item, name);
      if (value === undefined) return;
      if (typeof value !== 'string') throw wrongKeyType(name, typeOf(value));
      checkKeyText(name, value, at);
    });
  }
}

function checkKeyText(name: string, text: string, at: number): void {
  if (text === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  const limit = MAX_KEY_BYTES[at] ?? MAX_KEY_BYTES[0];
  if (text.length > limit / 4 && Buffer.byteLength(text) > limit) {
    throw invalid(
      `One or more parameter values were invalid: Size of key ${name} has exceeded the maximum size limit of ${limit} bytes`,
    );
  }
}

export function wrongKeyType(name: string, actual: ValueType) {
  return invalid(
    `One or more parameter values were invalid: Type mismatch for key ${name} expected: S actual: ${actual}`,
  );
}
