import { createSortedMap } from '../sorted-map.ts';
import { type Item, memberOf } from './values.ts';

/** A range of an index: keys from `low` (included) to `high` (excluded). */
export interface KeyRange {
  low: string;
  high: string;
}

export interface IndexDefinition {
  partitionKey: string;
  sortKey?: string;
}

/** Ends a part of a key, and sorts before everything that can follow in one. */
const END = '\u0000';
const AFTER_END = '\u0001';
const LAST = '\uffff';

/** Keys of one index in DynamoDB's order: partition, sort key, primary key. Items without the index's keys are not in it. */
export class TableIndex<Entry> {
  readonly keyNames: readonly string[];
  readonly #tableKeyNames: readonly string[];
  readonly #tree = createSortedMap<string, Entry>(compareKeys);

  constructor({ partitionKey, sortKey }: IndexDefinition, tableKeyNames: readonly string[]) {
    this.keyNames = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    this.#tableKeyNames = tableKeyNames;
  }

  /** Where the item stands in this index; undefined where it does not. */
  readonly keyOf = (item: Item): string | undefined => {
    const own = encodeKey(item, this.keyNames);
    return own === undefined ? undefined : `${own}${encodeKey(item, this.#tableKeyNames) ?? ''}`;
  };

  add(key: string, entry: Entry): void {
    this.#tree.set(key, entry);
  }

  remove(key: string): void {
    this.#tree.delete(key);
  }

  /** Keys and entries of a range, in order or backwards; from after a key where one is given. */
  *list(
    { low, high }: KeyRange,
    options: { isForward: boolean; after: string | undefined },
  ): Generator<[string, Entry]> {
    if (options.isForward) {
      for (const [key, entry] of this.#tree.entries(options.after ?? low)) {
        if (key >= high) return;
        if (key !== options.after) yield [key, entry];
      }
      return;
    }
    for (const [key, entry] of this.#tree.entriesReversed(options.after ?? high, undefined, true)) {
      if (key < low) return;
      yield [key, entry];
    }
  }
}

/** The range of one partition that a condition on the sort key leaves. */
export function rangeOf(
  partition: string,
  sort?: { operator: string; values: readonly string[] },
): KeyRange {
  const prefix = `${encode(partition)}${END}`;
  const whole = { low: prefix, high: `${encode(partition)}${AFTER_END}` };
  if (!sort) return whole;
  const [first = '', second = ''] = sort.values.map((value) => `${prefix}${encode(value)}`);
  switch (sort.operator) {
    case 'EQ':
      return { low: `${first}${END}`, high: `${first}${AFTER_END}` };
    case 'LT':
      return { ...whole, high: `${first}${END}` };
    case 'LE':
      return { ...whole, high: `${first}${AFTER_END}` };
    case 'GT':
      return { ...whole, low: `${first}${AFTER_END}` };
    case 'GE':
      return { ...whole, low: `${first}${END}` };
    case 'BETWEEN':
      return { low: `${first}${END}`, high: `${second}${AFTER_END}` };
    case 'BEGINS_WITH':
      return { low: first, high: `${first}${LAST}` };
    default:
      throw new Error(`no key condition: ${sort.operator}`);
  }
}

/** The parts of a key, each with its end; undefined where the item lacks one. */
export function encodeKey(item: Item, names: readonly string[]): string | undefined {
  let key = '';
  for (const name of names) {
    const value = memberOf(item, name);
    if (typeof value !== 'string') return undefined;
    key += `${encode(value)}${END}`;
  }
  return key;
}

/** What stands elsewhere in UTF-8's order than in UTF-16's, or could be taken for the end of a part. */
const special = new RegExp(`[${END}${AFTER_END}\\ud800-\\uffff]`, 'g');

/** Text whose UTF-16 order is its UTF-8 order, and that holds no end mark. Nearly always the text itself. */
function encode(text: string): string {
  return text.search(special) < 0 ? text : text.replaceAll(special, encodeUnit);
}

function encodeUnit(unit: string): string {
  if (unit === END) return `${AFTER_END}${AFTER_END}`;
  if (unit === AFTER_END) return `${AFTER_END}\u0002`;
  const code = unit.charCodeAt(0);
  return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
