import type { DetailType } from '@cloudnestle/contracts/events/all';

/**
 * Who hears what, and why: the one place that names the subscribers. Queues, rules, alarms, retries on the dashboard, the
 * deployment, the event documents and the local run follow from it.
 */
export const subscribers = {
  tiers: {
    duty: "Derives the buyer's tier from all paid orders.",
    hears: ['PaymentCompleted', 'AccessEnded'],
    oldestMessageSeconds: 15 * 60,
  },
  entitlements: {
    duty: 'Writes both entitlement records.',
    hears: ['PaymentCompleted', 'AccessEnded'],
    oldestMessageSeconds: 15 * 60,
  },
  notifications: {
    duty: 'Sends the mails, each once.',
    hears: [
      'PaymentInitiated',
      'PaymentCompleted',
      'PaymentFailed',
      'AccessEnded',
      'AccessEnding',
      'PaymentRefunded',
      'InvoiceIssued',
      'CreditNoteIssued',
    ],
    oldestMessageSeconds: 60 * 60,
  },
  reconciliation: {
    duty: "Writes the order's row: outcome, settlement, refunds.",
    hears: [
      'PaymentCompleted',
      'PaymentFailed',
      'GatewayEventReceived',
      'AccessEnded',
      'PaymentRefunded',
      'RefundFailed',
      'RefundInDoubt',
    ],
    oldestMessageSeconds: 60 * 60,
  },
  refunds: {
    duty: 'Has the gateway pay back, and finds out how each refund ended.',
    hears: ['RefundRequested', 'GatewayEventReceived'],
    oldestMessageSeconds: 60 * 60,
  },
  invoices: {
    duty: 'Issues the invoice of each paid order and the credit note of each refund, numbered without gaps.',
    hears: ['PaymentCompleted', 'PaymentRefunded'],
    oldestMessageSeconds: 60 * 60,
  },
} as const satisfies Readonly<Record<string, Subscriber>>;

interface Subscriber {
  /** What it does with what it hears, in a sentence. */
  duty: string;
  hears: readonly DetailType[];
  /**
   * How old a message may become before an alarm says so. Where a buyer who has paid waits, 15 minutes: five tries lie
   * within 8 minutes, so a short disturbance of AWS stays below. Else an hour: a refund that the gateway has not decided and
   * a mail that SES throttles are tried for up to 52 minutes before they become dead letters. SQS's metric leaves out what was
   * received more than three times: long waits are those of messages that no function takes.
   */
  oldestMessageSeconds: number;
}

export type SubscriberName = keyof typeof subscribers;

export const subscriberNames: readonly SubscriberName[] = Object.keys(subscribers).filter(isName);

/** One thing for each subscriber. */
export function forEachSubscriber<T>(make: (name: SubscriberName) => T): Record<SubscriberName, T> {
  const made: Partial<Record<SubscriberName, T>> = {};
  for (const name of subscriberNames) made[name] = make(name);
  if (!isWhole(made)) throw new Error('a subscriber got nothing');
  return made;
}

function isName(name: string): name is SubscriberName {
  return Object.hasOwn(subscribers, name);
}

function isWhole<T>(made: Partial<Record<SubscriberName, T>>): made is Record<SubscriberName, T> {
  return subscriberNames.every((name) => Object.hasOwn(made, name));
}
