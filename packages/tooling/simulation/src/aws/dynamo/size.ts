import Big from 'big.js';
import { type Item, isList, isNumber, isSet, type Value } from './values.ts';

/** 400 KB, names included (AWS). */
export const MAX_ITEM_BYTES = 400 * 1024;

const COLLECTION_BYTES = 3;

/** Bytes of an item as DynamoDB bills and limits it: UTF-8 of names and strings, about half a byte a digit. */
export function sizeOf(item: Item): number {
  let bytes = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueSize(value);
  }
  return bytes;
}

function valueSize(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isNumber(value)) return numberSize(value);
  if (typeof value === 'boolean' || value === null) return 1;
  if (isSet(value)) {
    let bytes = 0;
    for (const member of value) bytes += valueSize(member);
    return bytes;
  }
  if (isList(value)) {
    return value.reduce<number>((bytes, each) => bytes + 1 + valueSize(each), COLLECTION_BYTES);
  }
  return COLLECTION_BYTES + Object.keys(value).length + sizeOf(value);
}

function numberSize(value: number | bigint): number {
  if (value === 0) return 1;
  if (Number.isSafeInteger(value)) return integerSize(Number(value));
  const { c: digits, e: exponent, s: sign } = new Big(String(value));
  return digitsSize(digits.length, exponent, sign < 0);
}

/** Nearly every number is one of these, and needs no arithmetic of decimals. */
function integerSize(value: number): number {
  const text = String(Math.abs(value));
  let { length } = text;
  while (text[length - 1] === '0') length -= 1;
  return digitsSize(length, text.length - 1, value < 0);
}

function digitsSize(count: number, exponent: number, isNegative: boolean): number {
  const isEven = count % 2 === 0 && exponent % 2 === 0;
  return 1 + Math.ceil(count / 2) + (isEven ? 1 : 0) + (isNegative ? 1 : 0);
}
