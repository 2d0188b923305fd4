import type { WebhookVariant } from '../webhook-options.ts';
import type { SampleEvent } from './sample-events.ts';

/** What a sample is to say. */
export interface SampleRequest {
  event: SampleEvent;
  variant: WebhookVariant;
  merchantId: string;
  merchantOrderId: string;
  /** PhonePe's own id of the order; made up where it is not known. */
  orderId?: string | undefined;
  /** Of the order, or of the refund. */
  amountInPaisa: number;
  /** Of refunds only; made up where it is not given. */
  merchantRefundId?: string | undefined;
  /** The order sets up a mandate through the checkout: the same event, told apart by `paymentFlow` alone. */
  setsUpMandate?: boolean | undefined;
}
