import type { ErrorCode } from './error.ts';

/** What a caller needs to know of a code. */
export interface CodeFacts {
  /** The HTTP statuses that it comes with. */
  statuses: readonly number[];
  when: string;
  /** All that `message` may say with it; `…` stands for what differs from call to call. */
  words: readonly [string, ...string[]];
  /** What a page does about it. */
  advice: string;
}

/** Every error code with its words. A test holds the services' own words to these. */
export const errorCodes = {
  INVALID_REQUEST: {
    statuses: [400, 422],
    when: 'a field is missing or wrong (`error.fields` names it); 422: a report of too many orders',
    words: [
      'Please check your request: …',
      'This is no payment callback.',
      'The range holds too many orders: choose fewer days.',
    ],
    advice:
      'show the words of `error.fields` at the fields; without fields it is a bug of the page',
  },
  UNAUTHENTICATED: {
    statuses: [401],
    when: 'no token or signature, or one that does not hold',
    words: ['Please sign in first.', 'Please sign in.', 'Not authenticated.'],
    advice: 'sign in again',
  },
  FORBIDDEN: {
    statuses: [403],
    when: 'the account is suspended; on the routes of operators: the caller is in none of their groups',
    words: [
      'Your account is suspended, so it cannot be upgraded. Please contact support.',
      'This is for administrators.',
      'This is for administrators and operators who repair.',
      'This is for operators.',
      'You may look, and not change anything.',
    ],
    advice: 'show it with the way to support; do not try again',
  },
  NOT_FOUND: {
    statuses: [404],
    when: 'there is no such address (API Gateway answers `{"message":"Not Found"}`); of operators: no such look, letter or job',
    words: [
      'There is nothing at this address.',
      'No such look, or its time is over.',
      'That look has seen no such letter.',
      'No such job, or its time is over.',
    ],
    advice: 'a bug of the page',
  },
  USER_NOT_FOUND: {
    statuses: [404],
    when: 'no such user, or an email that is not theirs',
    words: ['No account fits this user id and email.'],
    advice: 'sign in again, and send id and email of the same account',
  },
  ORDER_NOT_FOUND: {
    statuses: [404],
    when: 'no order has this id',
    words: ['No such order.'],
    advice: 'stop asking; offer the way to support, for a buyer who has paid',
  },
  REFUND_NOT_FOUND: {
    statuses: [404],
    when: 'no refund has this id',
    words: ['No such refund.'],
    advice: 'a bug of the page',
  },
  DOCUMENT_NOT_FOUND: {
    statuses: [404],
    when: 'the order has no such document, or the token is not its own',
    words: ['There is no such document.'],
    advice: 'ask your own server for a fresh link; an invoice follows its payment within a minute',
  },
  METHOD_NOT_ALLOWED: {
    statuses: [405],
    when: 'the address takes other methods (API Gateway answers 404 instead)',
    words: ['This address does not take this method.'],
    advice: 'a bug of the page',
  },
  NOT_ON_SALE: {
    statuses: [409],
    when: 'no plan of this tier is on sale on this stage',
    words: ['There is no plan on sale for this tier right now.'],
    advice: 'offer what `GET /payments/plans` lists',
  },
  ALREADY_PRO: {
    statuses: [409],
    when: 'the account has this plan or a better one for ever, or one that is not sold here',
    words: [
      'Your account already has this plan.',
      'Your account has a plan that this one cannot replace. Please contact support to change it.',
    ],
    advice: 'read the account again and hide the offer',
  },
  ALREADY_PAID: {
    statuses: [409],
    when: 'an earlier order is paid, and its effects are on their way',
    words: ['We have your payment. Your upgrade shows in a moment.'],
    advice: 'go to the return page of `transactionId` and follow that payment',
  },
  PAYMENT_IN_PROGRESS: {
    statuses: [409],
    when: 'an earlier order may still be paid at the gateway, or an operator looks at it; with `redirectUrl`: the page of another plan is open',
    words: [
      'A payment page for another plan is still open. Finish it there, or wait until it has run out.',
      'An earlier payment of yours is still being processed. Please look again in a few minutes.',
    ],
    advice:
      'with `redirectUrl`, link to it; else to the return page of `transactionId`; offer no second payment',
  },
  REFUND_REFUSED: {
    statuses: [409],
    when: 'the order cannot be refunded like this; `refusal` says why, and the gateway was not asked',
    words: ['This cannot be refunded: …'],
    advice: 'show the words; a new try takes a new `idempotencyKey`',
  },
  QUEUE_BUSY: {
    statuses: [409],
    when: 'another operator goes through this dead-letter queue',
    words: ['… goes through the dead letters of … since …. One walk at a time.'],
    advice: 'show the words, and try again once that walk is over',
  },
  CHANGED_MEANWHILE: {
    statuses: [409],
    when: 'what the operator looked at has changed since; nothing was done',
    words: ['This has changed since you looked at it. Nothing was changed.'],
    advice: 'look at it again',
  },
  REFUSED: {
    statuses: [409],
    when: 'it cannot be done as things stand; nothing was done',
    words: ['…'],
    advice: 'show the words',
  },
  IDEMPOTENCY_KEY_REUSED: {
    statuses: [409],
    when: 'the key was used for another refund of this order',
    words: ['This idempotency key stands for another refund.'],
    advice: 'a bug of the page: one key for one wish',
  },
  BODY_TOO_LARGE: {
    statuses: [413],
    when: 'the body has more than 100 KB',
    words: ['The request is too large.'],
    advice: 'a bug of the page',
  },
  PAYMENT_MISMATCH: {
    statuses: [422],
    when: "the gateway's own answer is about another amount or merchant; only the webhook",
    words: ['The order does not match.'],
    advice: 'nothing: no page sees it',
  },
  TOO_MANY_REQUESTS: {
    statuses: [429],
    when: 'the route is flooded (API Gateway answers `{"message":"Too Many Requests"}`)',
    words: ['Too many people are asking at once. Please try again in a moment.'],
    advice: 'try again after `Retry-After`, else after 1 s, then 2, then 4',
  },
  GATEWAY_REFUSED: {
    statuses: [502],
    when: 'the payment gateway definitely refused the order',
    words: ['The payment could not be started. Nothing was charged.'],
    advice: 'keep the button; another click opens a new order',
  },
  GATEWAY_UNAVAILABLE: {
    statuses: [503],
    when: 'the payment gateway does not answer; of reconciliation also: our bus does not',
    words: [
      'The payment provider does not answer right now. Please try again in a moment.',
      'The payment provider or our own bus does not answer right now. Nothing was changed.',
    ],
    advice: 'keep the button and try again after `Retry-After`; nothing is charged twice',
  },
  TRY_AGAIN: {
    statuses: [503],
    when: 'something is busy, or another click of the same buyer is under way',
    words: [
      'Something is busy right now. Please try again in a moment.',
      'This took too long. Please try again in a moment.',
      'This is starting or stopping. Please try again in a moment.',
    ],
    advice: 'repeat the same call after `Retry-After`, two or three times; then show it',
  },
  NOT_CONFIGURED: {
    statuses: [503],
    when: 'no webhook credentials are configured: the webhook is off, never open',
    words: ['This endpoint is not available.'],
    advice: 'nothing: no page sees it',
  },
  INTERNAL_ERROR: {
    statuses: [500],
    when: 'a bug of ours, or a record that cannot be read',
    words: [
      'Something went wrong on our side.',
      'This order cannot be read.',
      'This refund cannot be read.',
    ],
    advice: 'show it with `requestId`, by which support finds the call',
  },
} as const satisfies Record<ErrorCode, CodeFacts>;
