import type { Instrument } from '@cloudnestle/contracts/instrument';
import type { AttemptBody, PartBody, References } from './order-body.ts';

type Mode = Instrument['mode'];

const MODES: Readonly<Record<string, Mode>> = {
  UPI: 'UPI',
  UPI_INTENT: 'UPI',
  UPI_COLLECT: 'UPI',
  UPI_QR: 'UPI',
  CARD: 'CARD',
  CREDIT_CARD: 'CARD',
  DEBIT_CARD: 'CARD',
  TOKEN: 'CARD',
  NET_BANKING: 'NET_BANKING',
  WALLET: 'WALLET',
  PPI_WALLET: 'WALLET',
  EGV: 'WALLET',
  PPI_EGV: 'WALLET',
};

/**
 * How an attempt was paid. References stand at the attempt, in its split parts, or in both; for each, the attempt's
 * wins, then the parts in order. A mode without a name of ours (PPE_INTENT, none at all) is told by the first rail or
 * instrument that has one. Undefined where the attempt says nothing of it.
 */
export function mapInstrument(attempt: AttemptBody): Instrument | undefined {
  const parts = [attempt, ...attempt.splitInstruments];
  const types = parts.flatMap((part) => [part.rail?.type, part.instrument?.type]);
  const words = [attempt.paymentMode, ...types].filter((word) => word !== undefined);
  if (words.length === 0 && !findReference(parts, 'utr')) return undefined;
  const mode = words.map(toMode).find((known) => known !== undefined) ?? 'OTHER';
  return buildInstrument(mode, parts, attempt.paymentMode, words);
}

function buildInstrument(
  mode: Mode,
  parts: readonly PartBody[],
  paymentMode: string | undefined,
  words: readonly string[],
): Instrument {
  const gatewayMode = paymentMode ? { gatewayMode: paymentMode } : {};
  const take = <N extends keyof References>(...names: N[]) => takeReferences(parts, names);
  switch (mode) {
    case 'UPI':
      return { mode, ...gatewayMode, ...take('utr', 'upiTransactionId', 'vpa') };
    case 'CARD': {
      const references = take('cardNetwork', 'bankId', 'brn', 'arn', 'authorizationCode');
      return { mode, ...gatewayMode, ...findCardType(words), ...references };
    }
    case 'NET_BANKING':
      return { mode, ...gatewayMode, ...take('bankId', 'bankTransactionId', 'brn', 'arn') };
    case 'WALLET':
      return { mode, ...gatewayMode };
    case 'OTHER':
      return { mode, ...gatewayMode, ...take('utr') };
  }
}

function toMode(word: string): Mode | undefined {
  return Object.hasOwn(MODES, word) ? MODES[word] : undefined;
}

function findCardType(words: readonly string[]): { cardType?: 'CREDIT' | 'DEBIT' } {
  if (words.includes('CREDIT_CARD')) return { cardType: 'CREDIT' };
  return words.includes('DEBIT_CARD') ? { cardType: 'DEBIT' } : {};
}

function takeReferences<N extends keyof References>(
  parts: readonly PartBody[],
  names: readonly N[],
): { [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  for (const name of names) {
    const value = findReference(parts, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function findReference(parts: readonly PartBody[], name: keyof References): string | undefined {
  return parts
    .flatMap((part) => [part.rail?.[name], part.instrument?.[name]])
    .find((value) => value !== undefined);
}
