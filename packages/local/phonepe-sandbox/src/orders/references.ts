import type { Ids } from '../support/create-ids.ts';
import type { PaymentMode } from './outcome.ts';

/** One paid instrument in PhonePe's spelling. Everything is masked, as PhonePe masks it. */
export interface References {
  readonly paymentMode: string;
  readonly rail: Readonly<Record<string, string>>;
  readonly instrument: Readonly<Record<string, string>>;
}

/** What a bank would answer to a payment: a UTR for UPI, brn and authorisation code for a card, a bank's id else. */
export function buildReferences(mode: PaymentMode, ids: Ids): References {
  return builders[mode](ids);
}

/** The request's mode as PhonePe names it, paid or not. */
export const paymentModeNames: Record<PaymentMode, string> = {
  UPI: 'UPI_INTENT',
  CARD: 'CARD',
  NET_BANKING: 'NET_BANKING',
};

const builders: Record<PaymentMode, (ids: Ids) => References> = {
  UPI: (ids) => ({
    paymentMode: paymentModeNames.UPI,
    rail: {
      type: 'UPI',
      utr: `4${ids.digits(11)}`,
      upiTransactionId: ids.upiTransaction(),
      vpa: `${ids.digits(2)}****${ids.digits(2)}@ybl`,
    },
    instrument: {
      type: 'ACCOUNT',
      maskedAccountNumber: `******${ids.digits(4)}`,
      accountType: 'SAVINGS',
    },
  }),
  CARD: (ids) => ({
    paymentMode: paymentModeNames.CARD,
    rail: { type: 'PG', authorizationCode: ids.digits(6) },
    instrument: {
      type: 'CREDIT_CARD',
      bankId: 'HDFC',
      brn: `5${ids.digits(11)}`,
      geoScope: 'DOMESTIC',
      cardNetwork: 'VISA',
      maskedCardNumber: `******${ids.digits(4)}`,
    },
  }),
  NET_BANKING: (ids) => ({
    paymentMode: paymentModeNames.NET_BANKING,
    rail: {
      type: 'PG',
      transactionId: `PG${ids.digits(14)}`,
      authorizationCode: ids.digits(6),
      serviceTransactionId: `PGST${ids.digits(14)}`,
    },
    instrument: {
      type: 'NET_BANKING',
      bankTransactionId: `BT${ids.digits(12)}`,
      bankId: 'SBIN',
      arn: `7${ids.digits(22)}`,
      brn: `5${ids.digits(11)}`,
    },
  }),
};
