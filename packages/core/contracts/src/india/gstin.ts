import { findState, type StateCode } from './states.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** State, PAN of the holder, which registration of the PAN in the State, a letter, check digit. */
const SHAPE = /^(\d{2})[A-Z]{4}[A-Z0-9]\d{4}[A-Z][1-9A-Z][1-9A-Z][0-9A-Z]$/;

/** What a text is as the number of a registered taxpayer. */
export type ReadGstin =
  | { kind: 'gstin'; gstin: string; stateCode: StateCode }
  /** `fault` says what is wrong with it, in words for the buyer who typed it. */
  | { kind: 'invalid'; fault: string };

/**
 * Reads a GSTIN in any case, with spaces around it. That its check digit and its State are right does not say that the tax office
 * ever gave it out: only that office's own portal knows.
 */
export function readGstin(text: string): ReadGstin {
  const gstin = text.trim().toUpperCase();
  const code = SHAPE.exec(gstin)?.[1];
  if (code === undefined) {
    return { kind: 'invalid', fault: 'must be a GSTIN of 15 letters and digits' };
  }
  const state = findState(code);
  if (!state) return { kind: 'invalid', fault: `begins with ${code}, which is no State` };
  if (checkDigitOf(gstin.slice(0, 14)) !== gstin[14]) {
    return { kind: 'invalid', fault: 'is mistyped: its last character does not fit the others' };
  }
  return { kind: 'gstin', gstin, stateCode: state.code };
}

/** The last character of a GSTIN, of its first 14: digits in base 36, every second one doubled, cross sums added up. */
export function checkDigitOf(first14: string): string {
  const base = ALPHABET.length;
  const sum = [...first14].reduce((total, character, at) => {
    const product = ALPHABET.indexOf(character) * (at % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / base) + (product % base);
  }, 0);
  return ALPHABET.charAt((base - (sum % base)) % base);
}
