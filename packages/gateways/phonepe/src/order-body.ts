import type { Instrument } from '@cloudnestle/contracts/instrument';
import * as z from 'zod';
import { amount, listOf, optionalText, optionalTimestamp, text } from './lenient.ts';

/** Rail and instrument share no field's meaning, so one shape reads both. */
const referencesSchema = z
  .object({
    type: optionalText,
    utr: optionalText,
    upiTransactionId: optionalText,
    vpa: optionalText,
    authorizationCode: optionalText,
    bankId: optionalText,
    bankTransactionId: optionalText,
    brn: optionalText,
    arn: optionalText,
    cardNetwork: optionalText,
  })
  .optional()
  .catch(undefined);

const partSchema = z.object({ rail: referencesSchema, instrument: referencesSchema });

const errorCodesShape = { errorCode: optionalText, detailedErrorCode: optionalText };

const attemptSchema = partSchema.extend({
  ...errorCodesShape,
  state: optionalText,
  transactionId: optionalText,
  paymentMode: optionalText,
  timestamp: optionalTimestamp,
  splitInstruments: listOf(partSchema),
});

/**
 * An order's status as PhonePe spells it. State and amount are needed; everything else may be missing, null, empty or
 * of another type, and is absent then.
 */
export const orderBodySchema = z.object({
  ...errorCodesShape,
  state: text,
  amount,
  currency: optionalText,
  orderId: optionalText,
  merchantId: optionalText,
  merchantOrderId: optionalText,
  errorContext: z.object(errorCodesShape).optional().catch(undefined),
  paymentDetails: listOf(attemptSchema),
});

export type OrderBody = z.infer<typeof orderBodySchema>;
export type AttemptBody = z.infer<typeof attemptSchema>;
type PartBody = z.infer<typeof partSchema>;
type References = NonNullable<z.infer<typeof referencesSchema>>;

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
 * wins, then the parts in order. A mode that `MODES` does not name (PPE_INTENT, none at all) is told by the first rail or
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
