import type { Ids } from '../create-ids.ts';

/** An order as it stands; every change makes a new value. Times are epoch milliseconds. */
export interface Order {
  readonly merchantOrderId: string;
  readonly orderId: string;
  readonly state: 'PENDING' | 'COMPLETED' | 'FAILED';
  readonly amountInPaisa: number;
  readonly createdAt: number;
  readonly expireAt: number;
  /** The hosted page, with its token: where the buyer pays. */
  readonly checkoutUrl: string;
  readonly checkoutToken: string;
  /** Where the buyer's browser goes afterwards, byte for byte as the merchant gave it. */
  readonly redirectUrl: string;
  readonly message?: string;
  readonly metaInfo?: Readonly<Record<string, string | undefined>>;
  /** Set while the order is FAILED. */
  readonly failure?: Failure;
  /** In the order they were made. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly transactionId: string;
  readonly mode: PaymentMode;
  readonly at: number;
  readonly amountInPaisa: number;
  readonly state: 'COMPLETED' | 'FAILED';
  readonly failure?: Failure;
  /** What the bank or the UPI switch answered; only on a completed attempt. */
  readonly references?: References;
  /** Only where it was paid from several sources: each with its share, `references` being the first one's. */
  readonly parts?: readonly PaymentPart[];
}

/** `SPLIT`: one half by UPI, the other from a wallet. */
export type PaymentMode = 'UPI' | 'CARD' | 'NET_BANKING' | 'SPLIT';

/** What the buyer can do on the hosted page, or time in their place. */
export type Outcome = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

/** PhonePe's words for why a payment or an order failed. */
export interface Failure {
  readonly errorCode: string;
  readonly detailedErrorCode: string;
  readonly source: 'CUSTOMER' | 'BANK';
  readonly stage: 'AUTHENTICATION' | 'AUTHORIZATION' | 'INITIATION';
  readonly description: string;
}

/** Why a whole order ended without money. Detailed codes: PhonePe's error code page. */
export function failureOf(outcome: Exclude<Outcome, 'COMPLETED'>, mode: PaymentMode): Failure {
  if (outcome === 'FAILED') return declined[mode === 'SPLIT' ? 'UPI' : mode];
  return outcome === 'CANCELLED' ? cancelled : expired;
}

const cancelled: Failure = {
  errorCode: 'TXN_CANCELLED',
  detailedErrorCode: 'ORDER_CANCELLED_BY_USER',
  source: 'CUSTOMER',
  stage: 'INITIATION',
  description: 'The buyer left the payment page',
};

const expired: Failure = {
  errorCode: 'TXN_NOT_COMPLETED',
  detailedErrorCode: 'ORDER_EXPIRED',
  source: 'CUSTOMER',
  stage: 'INITIATION',
  description: 'The order was not paid in time',
};

const declined: Record<Exclude<PaymentMode, 'SPLIT'>, Failure> = {
  UPI: {
    errorCode: 'INVALID_MPIN',
    detailedErrorCode: 'ZM',
    source: 'CUSTOMER',
    stage: 'AUTHENTICATION',
    description: 'The UPI PIN was wrong',
  },
  CARD: {
    errorCode: 'AUTHORIZATION_ERROR',
    detailedErrorCode: 'TXN_AUTO_FAILED',
    source: 'BANK',
    stage: 'AUTHORIZATION',
    description: 'The bank declined the card',
  },
  NET_BANKING: {
    errorCode: 'PAYMENT_ERROR',
    detailedErrorCode: 'TXN_AUTO_FAILED',
    source: 'BANK',
    stage: 'AUTHORIZATION',
    description: 'The bank declined the payment',
  },
};

/** One paid instrument in PhonePe's spelling. Everything is masked, as PhonePe masks it. */
interface References {
  readonly paymentMode: string;
  readonly rail: Readonly<Record<string, string>>;
  readonly instrument: Readonly<Record<string, string>>;
}

/** One source of a split payment. */
export interface PaymentPart extends Pick<References, 'rail' | 'instrument'> {
  readonly amountInPaisa: number;
}

/** The sources of a payment of that amount; undefined where there is only one. A wallet's part has no reference at all. */
export function buildParts(
  mode: PaymentMode,
  { rail, instrument }: References,
  amountInPaisa: number,
): readonly PaymentPart[] | undefined {
  if (mode !== 'SPLIT') return undefined;
  const byWallet = Math.floor(amountInPaisa / 2);
  const wallet = { rail: { type: 'PPI_WALLET' }, instrument: { type: 'WALLET' } };
  return [
    { rail, instrument, amountInPaisa: amountInPaisa - byWallet },
    { ...wallet, amountInPaisa: byWallet },
  ];
}

/** What a bank would answer to a payment: a UTR for UPI, brn and authorisation code for a card, a bank's id else. */
export function buildReferences(mode: PaymentMode, ids: Ids): References {
  return builders[mode === 'SPLIT' ? 'UPI' : mode](ids);
}

/** The request's mode as PhonePe names it, paid or not. */
export const paymentModeNames: Record<PaymentMode, string> = {
  UPI: 'UPI_INTENT',
  CARD: 'CARD',
  NET_BANKING: 'NET_BANKING',
  SPLIT: 'UPI_INTENT',
};

const builders: Record<Exclude<PaymentMode, 'SPLIT'>, (ids: Ids) => References> = {
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
