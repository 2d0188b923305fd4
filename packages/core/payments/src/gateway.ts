import type { Instrument } from '@cloudnestle/contracts/instrument';
import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';

/**
 * The port of a payment gateway: the questions an adapter must answer. Nothing here is optional, so an adapter
 * without webhook verification does not compile. No method throws for what a network or a gateway does; each says
 * it in its answer. Every `timeoutMs` bounds the whole call: tokens, retries and all.
 */
export interface PaymentGateway {
  /** The gateway's name, as rows and events keep it. */
  readonly name: string;
  /** Opens a payment page for one order. The same merchantOrderId is used on every retry. */
  createOrder(order: NewOrder, options: CallOptions): Promise<CreateOrderAnswer>;
  /** The gateway's own word about an order, with all attempts. */
  orderStatus(merchantOrderId: string, options: CallOptions): Promise<OrderStatusAnswer>;
  /** What the gateway takes of refunds; whatever breaks this it refuses. */
  readonly refundLimits: RefundLimits;
  /**
   * Pays money back to where it came from: one call, never repeated. On anything but `accepted` the caller asks for the
   * status of the same merchantRefundId before it does anything else.
   */
  refund(refund: NewRefund, options: CallOptions): Promise<RefundAnswer>;
  /** The gateway's own word about a refund, by our id. */
  refundStatus(merchantRefundId: string, options: CallOptions): Promise<RefundStatusAnswer>;
  /** Authenticates the raw bytes first and only then reads them. The one way to get a webhook's content. */
  readWebhook(request: RawWebhook): Promise<WebhookVerdict>;
}

/**
 * The registered gateways. The one that asks about an order takes `of` its row, so that an order is asked about where it
 * was opened, whichever gateway is the standard by then; the one that opens an order takes `standard`.
 */
export interface Gateways {
  /** Opens new orders. */
  readonly standard: PaymentGateway;
  readonly all: readonly PaymentGateway[];
  /**
   * The gateway that the row names. Where none is registered by that name, one that says just this to every question
   * (`unreachable`): no outcome comes of it, and its reason stands where an operator looks.
   */
  of(row: Pick<TransactionItem, 'paymentMethod'>): PaymentGateway;
  /** The gateway whose webhooks come by this route, `/payments/phonepe-webhook`. */
  atRoute(path: string): PaymentGateway | undefined;
}

export interface CallOptions {
  timeoutMs: number;
}

export interface NewOrder {
  merchantOrderId: string;
  amountInPaisa: number;
  /** How long the page can be paid. */
  expiresInSeconds: number;
  /** Where the buyer's browser returns to. */
  returnUrl: string;
  /** Shown to the buyer on the page. */
  message?: string;
}

export type CreateOrderAnswer =
  | { kind: 'created'; gatewayOrderId: string; redirectUrl: string; expiresAt?: string }
  /** The gateway said no (4xx). Not proof that the order is unknown there: a repeated id is refused too. */
  | { kind: 'refused'; code: string; httpStatus: number }
  /** Surely not arrived: no connection, no token, no credentials. */
  | { kind: 'unreachable'; reason: string }
  /** It may exist there: time-out, cut connection, 5xx. */
  | { kind: 'unknown'; reason: string };

export type OrderStatusAnswer =
  | ({ kind: 'found' } & OrderStatus)
  | { kind: 'notFound' }
  | { kind: 'refused'; code: string; httpStatus: number }
  | Unreachable;

/** No usable answer now. */
export interface Unreachable {
  kind: 'unreachable';
  reason: string;
  /** It did answer, but the answer cannot be read: that says nothing of other questions. */
  isAnswered?: true;
}

export interface OrderStatus {
  /**
   * What the root state means. `EXPIRED` and `OTHER` are words the gateway's documents do not list as final: not an
   * outcome by themselves.
   */
  state: 'PENDING' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'OTHER';
  /** The gateway's own word. */
  gatewayState: string;
  gatewayOrderId?: string;
  amountInPaisa: number;
  /** As the gateway spells it, where it names one. */
  currency?: string;
  /** The merchant that the answer names, where it names one. */
  merchantId?: string;
  /** False: the answer names another merchant than the secret does now, or another order than the one asked for. */
  isOurs: boolean;
  /** Only with FAILED: why, as far as the gateway's codes say. */
  failure?: 'DECLINED' | 'CANCELLED' | 'EXPIRED';
  errorCode?: string;
  attempts: PaymentAttempt[];
}

export interface PaymentAttempt {
  state: 'PENDING' | 'COMPLETED' | 'FAILED' | 'OTHER';
  /** ISO with milliseconds; absent where the gateway gave none that can be read. */
  at?: string;
  gatewayTransactionId?: string;
  instrument?: Instrument;
}

export interface RefundLimits {
  /** Days after the payment within which a refund is taken. */
  windowDays: number;
  /** Another refund of an order is refused while one of it is under way. */
  isOneAtATime: boolean;
  /** The smallest refund, in paisa. */
  minimumInPaisa: number;
}

export interface NewRefund {
  /** Ours. One id is one refund: the same id goes with every retry, a new one only after FAILED. */
  merchantRefundId: string;
  /** The order whose money goes back. */
  merchantOrderId: string;
  /** All of it, or a part. */
  amountInPaisa: number;
}

/** `CONFIRMED` is accepted and not final; `OTHER` is a word that the gateway's documents do not list. */
export type RefundState = 'PENDING' | 'CONFIRMED' | 'COMPLETED' | 'FAILED' | 'OTHER';

/**
 * Why a gateway will not pay back, in no gateway's words. `LOW_BALANCE`: the day's takings do not cover it, another day's
 * may. `TOO_MUCH`: more than is left of the order. `TOO_OLD`: past the window. `ANOTHER_RUNNING`: this refund, or another
 * of the order, is under way. `NOT_REFUNDABLE`: not this payment, ever. `UNKNOWN_ORDER`: the gateway has no such order.
 */
export type RefundObstacle =
  | 'LOW_BALANCE'
  | 'TOO_MUCH'
  | 'TOO_OLD'
  | 'ANOTHER_RUNNING'
  | 'NOT_REFUNDABLE'
  | 'UNKNOWN_ORDER';

export type RefundAnswer =
  /** It is there, in the amount asked for. `gatewayState` is the gateway's own word. */
  | { kind: 'accepted'; state: RefundState; gatewayState: string; gatewayRefundId?: string }
  /** No. Not proof that the refund is unknown there: a repeated id is refused too. */
  | RefundRefused
  /** Surely not arrived: no connection, no token, no credentials. */
  | { kind: 'unreachable'; reason: string }
  /** It may be there: time-out, cut connection, 5xx, an answer that cannot be read. */
  | { kind: 'unknown'; reason: string };

export interface RefundRefused {
  kind: 'refused';
  code: string;
  detailedCode?: string;
  /** The 4xx; absent where the adapter itself refused, and nothing was sent. */
  httpStatus?: number;
  /** The same call would be refused for ever. False also where the code is not known. */
  isFinal: boolean;
  obstacle?: RefundObstacle;
}

export type RefundStatusAnswer =
  | ({ kind: 'found' } & RefundStatus)
  | { kind: 'notFound' }
  | { kind: 'refused'; code: string; httpStatus: number }
  | Unreachable;

export interface RefundStatus {
  state: RefundState;
  /** The gateway's own word. */
  gatewayState: string;
  amountInPaisa: number;
  gatewayRefundId?: string;
  merchantOrderId?: string;
  /** When it reached this state; ISO with milliseconds, absent where the answer does not say. */
  at?: string;
  /** Only with FAILED, as are the next two: the gateway's codes. */
  errorCode?: string;
  detailedErrorCode?: string;
  /** What the codes mean. */
  obstacle?: RefundObstacle;
}

/** A webhook as it came over the wire: bytes untouched, header names lower-cased. */
export interface RawWebhook {
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
}

export type WebhookVerdict =
  /** No credential to check against: the endpoint is off. */
  | { kind: 'unconfigured' }
  /** The credentials could not be read now. */
  | { kind: 'unavailable'; reason: string }
  | { kind: 'unauthenticated' }
  | { kind: 'malformed'; reason: string }
  /** Authentic, and of no interest here. */
  | { kind: 'ignored'; gatewayEvent: string }
  | ({
      kind: 'order';
      gatewayEvent: string;
      /** Only a reason to ask: the outcome comes from `orderStatus`. */
      claimedState: 'COMPLETED' | 'FAILED';
      /** The same: how many attempts completed, where it says more than one. */
      claimedAttempts?: number;
    } & OrderName)
  | ({ kind: 'refund' | 'dispute'; gatewayEvent: string } & GatewaySideEvent);

/** The order that a webhook is about: by its merchantOrderId, or where it does not give that, by the gateway's. */
export type OrderName =
  | { merchantOrderId: string; gatewayOrderId?: undefined }
  | { merchantOrderId?: undefined; gatewayOrderId: string };

export interface GatewaySideEvent {
  gatewayState: string;
  merchantOrderId?: string;
  gatewayOrderId?: string;
  merchantRefundId?: string;
  gatewayRefundId?: string;
  disputeId?: string;
  amountInPaisa?: number;
}
