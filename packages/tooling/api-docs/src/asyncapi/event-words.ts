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
  AccessEnded: {
    summary:
      'A paid order gives no access any more: its pass has run out, or access was taken back.',
    publishers:
      "The sweep at a pass's end. Where the order's row says that access was taken back: reconciliation, an operator's command, and the sweep until the buyer is seen to hold it no more.",
  },
  AccessEnding: {
    summary: 'A pass runs out in a few days, and nothing that was bought follows it.',
    publishers: 'The sweep, as many days before as the stage says.',
  },
  RefundRequested: {
    summary: 'Money is to be paid back, and its amount is set aside on the order.',
    publishers:
      'The refund call, and an operator’s command. A courtesy: without it the refund sweep sends the refund within two minutes.',
  },
  PaymentRefunded: {
    summary: "Money went back to the buyer: the gateway's own refund status says so.",
    publishers:
      'refunds, at the look that finds it, and again until the order’s row shows it. Whichever look it is, the event id is the same.',
  },
  RefundFailed: {
    summary: 'The gateway will not pay this refund back; another one may be asked for.',
    publishers: 'refunds, as for `PaymentRefunded`.',
  },
  RefundInDoubt: {
    summary:
      'Money is said to go back, and the gateway’s own refund status does not bear it out: an operator must look.',
    publishers: 'refunds, where it finds that; of a refund that is not over after ten days too.',
  },
  InvoiceIssued: {
    summary: 'A paid order has its invoice, or its receipt where the seller is not registered.',
    publishers: 'invoices, at every delivery that finds the document.',
  },
  CreditNoteIssued: {
    summary:
      'An invoice was taken back, whole or in part: money went back, or the order was a duplicate.',
    publishers: 'invoices, as for `InvoiceIssued`.',
  },
};
