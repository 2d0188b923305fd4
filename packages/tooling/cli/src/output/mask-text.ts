import { redact } from '@cloudnestle/runtime/redact';
import { maskAddress } from '../operator/mask.ts';

/**
 * An email address or a VPA, its `@` also as links, JSON and wide letters have it. It begins where a word begins: else a
 * long word is searched from each of its letters on. U+FEFF shows nothing, and does not end a word.
 */
export const ADDRESS =
  /(?<![^\p{White_Space}"'<>(),:;=/\\])[^\p{White_Space}"'<>(),:;=/\\]+(?:[@\uff20\ufe6b]|%40|\\u0040)[^\p{White_Space}"'<>(),:;=/\\]+/gu;
const LINK_TOKEN = /([?&]token=)[^&\s]+/gi;

/**
 * Text of a letter without addresses, which somebody who knows them recognises, and without tokens. Ids stay as they are:
 * some end in as many digits as a bank reference has.
 */
export function maskText(text: string): string {
  const redacted = redact(text);
  const safe = redacted.includes('[token]') ? redacted : text;
  return safe.replace(ADDRESS, maskAddress).replace(LINK_TOKEN, '$1***');
}

/** The same value with every text in it masked, however deep, names included: addresses stand where nobody expects them. */
export function maskDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [maskText(name), maskDeep(inner)]),
  );
}
