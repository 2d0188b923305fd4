import type { PaymentInitiatedData } from '@cloudnestle/contracts/events/payment-initiated';
import { formatRupees } from '@cloudnestle/payments/money';
import { type MailContent, PRODUCT_NAME } from './content.ts';
import { formatIst } from './format-ist.ts';

/** "Payment Initiated" (mission, Email Notifications 1): how to complete the payment, while that is possible. */
export function describeInitiated(data: PaymentInitiatedData): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const until = formatIst(data.expiresAt);
  return {
    subject: `Payment Initiated - ${PRODUCT_NAME}`,
    preview: `Complete your payment of ${amount} before ${until}.`,
    heading: 'Complete your payment',
    intro: `You are one step away from ${PRODUCT_NAME}. Your order is open, and the payment is still to be made.`,
    status: { label: 'Pending', tone: 'waiting' },
    facts: [
      { label: 'Order ID', value: data.merchantOrderId },
      { label: 'Amount', value: amount },
      { label: 'Pay before', value: until },
    ],
    list: {
      title: 'How to complete your payment',
      isNumbered: true,
      items: [
        'Open the secure payment page.',
        `Pay ${amount} by UPI, card or net banking.`,
        'We confirm by email, and Pro is switched on by itself.',
      ],
    },
    ...(isWebLink(data.redirectUrl)
      ? { action: { label: `Pay ${amount} now`, url: data.redirectUrl } }
      : {}),
    closing: [
      'Already paid? Then there is nothing left to do: our confirmation is on its way.',
      'Did not ask for this? Ignore this email. Nothing is charged unless you pay.',
    ],
  };
}

/** The address comes from outside: nothing but a web page belongs behind a button. */
function isWebLink(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
