import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import { formatRupees } from '@cloudnestle/payments/money';
import { type MailContent, type MailLinks, PRODUCT_NAME } from './content.ts';

/** "Payment Failed" (mission, Email Notifications 3): what happened, and the way to try again. */
export function describeFailed(data: PaymentFailedData, { appUrl }: MailLinks): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  return {
    subject: `Payment Failed - ${PRODUCT_NAME}`,
    preview: `Your payment of ${amount} did not go through. You can try again.`,
    heading: 'Your payment did not go through',
    intro: `We could not complete your payment for ${PRODUCT_NAME}, so your plan has not changed.`,
    status: { label: 'Failed', tone: 'bad' },
    facts: [
      { label: 'Order ID', value: data.merchantOrderId },
      { label: 'Amount', value: amount },
    ],
    action: { label: 'Try Again', url: buildRetryUrl(appUrl) },
    closing: [
      'Trying again makes a new order. It often helps to pick another way to pay, or to check your limit with your bank first.',
      `Has ${amount} left your account all the same? Please do not pay twice: write to us with the order ID above and we will look into it.`,
    ],
  };
}

/** The place on the app's page where Pro is bought. A fragment, so that it is right on whichever page sells. */
function buildRetryUrl(appUrl: string): string {
  return new URL('#upgrade', appUrl).href;
}
