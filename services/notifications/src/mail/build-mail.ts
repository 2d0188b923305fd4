import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import type { PaymentInitiatedData } from '@cloudnestle/contracts/events/payment-initiated';
import type { MailEvent } from '@cloudnestle/operations/mails/mail-event';
import { formatRupees } from '@cloudnestle/payments/money';
import {
  type Mail,
  type MailContent,
  type MailLinks,
  PRODUCT_NAME,
  renderHtml,
  renderText,
} from './layout.ts';

/** The mail an event causes, as HTML and as text. */
export async function buildMail(event: MailEvent, links: MailLinks): Promise<Mail> {
  const content = describeMail(event, links);
  return {
    subject: content.subject,
    html: await renderHtml(content, links),
    text: renderText(content, links),
  };
}

function describeMail(event: MailEvent, links: MailLinks): MailContent {
  switch (event.detailType) {
    case 'PaymentInitiated':
      return describeInitiated(event.data);
    case 'PaymentCompleted':
      return describeWelcome(event.data, links);
    case 'PaymentFailed':
      return describeFailed(event.data, links);
  }
}

/** "Payment Initiated": how to complete the payment, while that is possible. */
function describeInitiated(data: PaymentInitiatedData): MailContent {
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

/** What Pro gives. */
const proFeatures: readonly string[] = [
  '✅ Unlimited searches per day',
  '✅ Access to all AWS repositories',
  '✅ Saved searches and collections',
  '✅ Priority support',
  '✅ Export functionality',
];

/** "Payment Success": the one welcome a buyer gets to a plan. */
function describeWelcome(data: PaymentCompletedData, { appUrl }: MailLinks): MailContent {
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

/** "Payment Failed": what happened, and the way to try again. */
function describeFailed(data: PaymentFailedData, { appUrl }: MailLinks): MailContent {
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

const format = new Intl.DateTimeFormat('en-IN', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'Asia/Kolkata',
});

/** A timestamp as a buyer in India reads it: `23 Nov 2025, 3:00 pm IST`. */
function formatIst(timestamp: string): string {
  // Newer ICU data puts a narrow no-break space before am/pm, which plain-text mail programs show as a box.
  return `${format.format(new Date(timestamp)).replaceAll('\u202f', ' ')} IST`;
}
