import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import { formatRupees } from '@cloudnestle/payments/money';
import { type MailContent, type MailLinks, PRODUCT_NAME } from './content.ts';
import { formatIst } from './format-ist.ts';

/** What Pro gives (mission, Email Notifications 2). */
const proFeatures: readonly string[] = [
  '✅ Unlimited searches per day',
  '✅ Access to all AWS repositories',
  '✅ Saved searches and collections',
  '✅ Priority support',
  '✅ Export functionality',
];

/** "Payment Success" (mission, Email Notifications 2): the one welcome a buyer gets to a plan. */
export function describeWelcome(data: PaymentCompletedData, { appUrl }: MailLinks): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  return {
    subject: `🎉 Welcome to ${PRODUCT_NAME}!`,
    preview: `Your payment of ${amount} is in, and Pro is active.`,
    heading: `Welcome to ${PRODUCT_NAME}!`,
    intro: 'Thank you. Your payment is in, and your account now has all of Pro.',
    status: { label: 'Active', tone: 'good' },
    facts: [
      { label: 'Order ID', value: data.merchantOrderId },
      { label: 'Amount Paid', value: amount },
      { label: 'Paid on', value: formatIst(data.completedAt) },
    ],
    list: { title: 'Your Pro features', isNumbered: false, items: proFeatures },
    action: { label: 'Start Using Pro Features', url: appUrl },
    closing: ['Keep this email: it is your confirmation of payment.'],
  };
}
