import { accessEnded } from './access-ended.ts';
import { accessEnding } from './access-ending.ts';
import { creditNoteIssued } from './credit-note-issued.ts';
import { gatewayEventReceived } from './gateway-event-received.ts';
import { invoiceIssued } from './invoice-issued.ts';
import { paymentCompleted } from './payment-completed.ts';
import { paymentFailed } from './payment-failed.ts';
import { paymentInitiated } from './payment-initiated.ts';
import { paymentRefunded } from './payment-refunded.ts';
import { refundFailed } from './refund-failed.ts';
import { refundInDoubt } from './refund-in-doubt.ts';
import { refundRequested } from './refund-requested.ts';

/** Every kind of event on the bus, by its detail type. */
export const eventContracts = {
  [paymentInitiated.detailType]: paymentInitiated,
  [paymentCompleted.detailType]: paymentCompleted,
  [paymentFailed.detailType]: paymentFailed,
  [gatewayEventReceived.detailType]: gatewayEventReceived,
  [accessEnded.detailType]: accessEnded,
  [accessEnding.detailType]: accessEnding,
  [refundRequested.detailType]: refundRequested,
  [paymentRefunded.detailType]: paymentRefunded,
  [refundFailed.detailType]: refundFailed,
  [refundInDoubt.detailType]: refundInDoubt,
  [invoiceIssued.detailType]: invoiceIssued,
  [creditNoteIssued.detailType]: creditNoteIssued,
} as const;
export type DetailType = keyof typeof eventContracts;
