import { maskAddress } from '../../operator/mask.ts';

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
