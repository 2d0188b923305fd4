import { redact } from '@cloudnestle/runtime/redact';

/** Attributes whose values say who the buyer is. */
const personal = new Set(['userEmail', 'user_email', 'email', 'vpa', 'to']);

/** An `@`, also as links, JSON and wide letters have it, and what follows. */
const LAST_AT = /(?:[@\uff20\ufe6b]|%40|\\u0040)(?:(?![@\uff20\ufe6b]|%40|\\u0040).)*$/su;

/** `a***@example.com`: enough to recognise an address that one knows, and no more. */
export function maskAddress(address: string): string {
  const [first, host] = [/^./su.exec(address), LAST_AT.exec(address)];
  return first && host && host.index > 0 ? `${first[0]}***${host[0]}` : '***';
}

/** The same value with every email and VPA in it masked, however deep. */
export function maskPersonal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskPersonal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      personal.has(name) && typeof inner === 'string' ? maskAddress(inner) : maskPersonal(inner),
    ]),
  );
}

/** How personal data is shown. */
export interface Mask {
  /** An email or a VPA. */
  address<Text extends string | undefined>(text: Text): Text | string;
  /** A bank's reference, which support names to a bank: its end is enough to find it again. */
  reference<Text extends string | undefined>(text: Text): Text | string;
}

/** `reveal`: as it is stored. */
export function createMask(reveal: boolean): Mask {
  const keep = <Text>(text: Text): Text => text;
  if (reveal) return { address: keep, reference: keep };
  return {
    address: (text) => (text === undefined ? text : maskAddress(text)),
    reference: (text) => (text === undefined ? text : maskReference(text)),
  };
}

const SHOWN = 4;

function maskReference(text: string): string {
  return text.length > SHOWN ? `***${text.slice(-SHOWN)}` : '***';
}

/**
 * An email address or a VPA, its `@` also as links, JSON and wide letters have it. It begins where a word begins: else a
 * long word is searched from each of its letters on. U+FEFF shows nothing, and does not end a word.
 */
export const ADDRESS =
  /(?<![^\p{White_Space}"'<>(),:;=/\\])[^\p{White_Space}"'<>(),:;=/\\]+(?:[@\uff20\ufe6b]|%40|\\u0040)[^\p{White_Space}"'<>(),:;=/\\]+/gu;
const LINK_TOKEN = /([?&]token=)[^&\s]+/gi;

/**
 * Text of a letter without tokens, and with addresses that only a reader who knows them recognises. Ids stay as they are:
 * some end in as many digits as a bank reference has.
 */
export function maskText(text: string): string {
  const redacted = redact(text);
  const safe = redacted.includes('[token]') ? redacted : text;
  return safe.replace(ADDRESS, maskAddress).replace(LINK_TOKEN, '$1***');
}

/** The same value with every text in it masked, however deep, names included: addresses stand in unexpected places. */
export function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [maskText(name), maskDeep(inner)]),
  );
}
