import type { DetailType } from '@cloudnestle/contracts/events/all';

/** What is said of an event besides what its contract says. */
export interface EventWords {
  summary: string;
  /** Who puts it on the bus, and when. */
  publishers: string;
}

const firstToLearn =
  'The first function to learn it from the gateway: the webhook, the browser return, the sweep, reconciliation by hand, or ' +
  'an upgrade call that asks about an earlier order. Whichever it is, the event id is the same.';

export const eventWords: Readonly<Record<DetailType, EventWords>> = {
  PaymentInitiated: {
    summary:
      "A buyer holds a payment page's address. A courtesy: losing one costs a mail, nothing else.",
    publishers: 'The upgrade call, once the page can be paid on.',
  },
  PaymentCompleted: {
    summary: 'The gateway says the order is paid, in the amount of our row.',
    publishers: firstToLearn,
  },
  PaymentFailed: {
    summary:
      'The gateway says the order ended unpaid. Money can still arrive later, and wins then.',
    publishers: firstToLearn,
  },
  GatewayEventReceived: {
    summary:
      'The gateway said something that is no outcome of a payment: a refund, a dispute, or an answer that does not fit our row.',
    publishers:
      'The webhook for refunds and disputes; the function that asked the gateway for a mismatch.',
  },
};
