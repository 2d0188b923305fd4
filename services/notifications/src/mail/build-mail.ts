import type { AccessEndedData } from '@cloudnestle/contracts/events/access-ended';
import type { AccessEndingData } from '@cloudnestle/contracts/events/access-ending';
import type { PaymentCompletedData } from '@cloudnestle/contracts/events/payment-completed';
import type { PaymentFailedData } from '@cloudnestle/contracts/events/payment-failed';
import type { PaymentInitiatedData } from '@cloudnestle/contracts/events/payment-initiated';
import type { PaymentRefundedData } from '@cloudnestle/contracts/events/payment-refunded';
import type { Plan, Tier } from '@cloudnestle/contracts/plan';
import type { MailEvent } from '@cloudnestle/operations/mails/mail-event';
import { limitsOf, nameOf, PRODUCT_NAME } from '@cloudnestle/payments/catalogue';
import { formatRupees } from '@cloudnestle/payments/money';
import { toMerchantOrderId } from '@cloudnestle/payments/order-ids';
import type { MailJob } from '../dependencies.ts';
import { type Mail, type MailContent, type MailLinks, renderHtml, renderText } from './layout.ts';

/** What a mail is built from beside its event. */
interface MailParts {
  links: MailLinks;
  tiers: readonly Tier[];
  pass?: MailJob['pass'];
}

/** The mail an event causes, as HTML and as text. */
export async function buildMail(
  event: MailEvent,
  { links, tiers, pass }: MailParts,
): Promise<Mail> {
  const content = describeMail(event, { links, tiers, pass });
  return {
    subject: content.subject,
    html: await renderHtml(content, links),
    text: renderText(content, links),
  };
}

function describeMail(event: MailEvent, parts: MailParts): MailContent {
  const { links } = parts;
  switch (event.detailType) {
    case 'PaymentInitiated':
      return describeInitiated(event.data);
    case 'PaymentCompleted':
      return parts.pass?.isRenewal
        ? describeRenewal(event.data, parts)
        : describeWelcome(event.data, parts);
    case 'PaymentFailed':
      return describeFailed(event.data, links);
    case 'AccessEnding':
      return describeEnding(event.data, links);
    case 'AccessEnded':
      return describeEnded(event.data, links);
    case 'PaymentRefunded':
      return describeRefunded(event.data, links);
  }
}

/** "Payment Initiated": how to complete the payment, while that is possible. */
function describeInitiated(data: PaymentInitiatedData): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const until = formatIst(data.expiresAt);
  const product = callProduct(data.plan);
  return {
    subject: `Payment Initiated - ${product}`,
    preview: `Complete your payment of ${amount} before ${until}.`,
    heading: 'Complete your payment',
    intro: `You are one step away from ${product}. Your order is open, and the payment is still to be made.`,
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
        `We confirm by email, and ${callPlan(data.plan)} is switched on by itself.`,
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

/** What every plan without a limit of searches gives. */
const unlimitedFeatures: readonly string[] = [
  '✅ Unlimited searches per day',
  '✅ Access to all AWS repositories',
  '✅ Saved searches and collections',
  '✅ Priority support',
  '✅ Export functionality',
];

function listFeatures(tiers: readonly Tier[], tier: string): readonly string[] {
  const { dailyQuota } = limitsOf(tiers, tier);
  return dailyQuota === null ? unlimitedFeatures : [`✅ ${dailyQuota} searches per day`];
}

/** "Payment Success": the one welcome a buyer gets to a plan. */
function describeWelcome(
  data: PaymentCompletedData,
  { links, tiers, pass }: MailParts,
): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const product = callProduct(data.plan);
  const plan = callPlan(data.plan);
  return {
    subject: `🎉 Welcome to ${product}!`,
    preview: `Your payment of ${amount} is in, and ${plan} is active.`,
    heading: `Welcome to ${product}!`,
    intro: `Thank you. Your payment is in, and your account now has all of ${plan}.`,
    status: { label: 'Active', tone: 'good' },
    facts: [...describePayment(data), ...describeUntil(pass)],
    list: {
      title: `Your ${plan} features`,
      isNumbered: false,
      items: listFeatures(tiers, data.plan.tier),
    },
    action: { label: `Start Using ${plan} Features`, url: links.appUrl },
    closing: ['Keep this email: it is your confirmation of payment.'],
  };
}

/** A pass bought again: until when it is the buyer's now. */
function describeRenewal(data: PaymentCompletedData, { links, pass }: MailParts): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const product = callProduct(data.plan);
  const yours = pass?.until ? `yours until ${formatDay(pass.until)}` : 'extended';
  return {
    subject: `${product} is ${yours}`,
    preview: `Your payment of ${amount} is in. Nothing else changes.`,
    heading: `${product} is ${yours}`,
    intro: `Thank you. Your payment is in, and ${product} is ${yours}.`,
    status: { label: 'Active', tone: 'good' },
    facts: [...describePayment(data), ...describeUntil(pass)],
    action: { label: `Open ${product}`, url: links.appUrl },
    closing: ['Keep this email: it is your confirmation of payment.'],
  };
}

function describePayment({ merchantOrderId, amountInPaisa, completedAt }: PaymentCompletedData) {
  return [
    { label: 'Order ID', value: merchantOrderId },
    { label: 'Amount Paid', value: formatRupees(amountInPaisa) },
    { label: 'Paid on', value: formatIst(completedAt) },
  ];
}

function describeUntil(pass: MailParts['pass']) {
  return pass?.until ? [{ label: 'Yours until', value: formatIst(pass.until) }] : [];
}

/** Some days before a pass ends, with the way to renew. */
function describeEnding(data: AccessEndingData, { appUrl }: MailLinks): MailContent {
  const product = callProduct(data.plan);
  const day = formatDay(data.endsAt);
  return {
    subject: `${product} ends on ${day}`,
    preview: 'Renew it now and lose no day: the new time begins where this one ends.',
    heading: `${product} ends on ${day}`,
    intro: `Your plan "${nameOf(data.plan)}" ends soon. It does not renew itself, and nothing is charged unless you pay.`,
    status: { label: 'Ends soon', tone: 'waiting' },
    facts: [
      { label: 'Order ID', value: toMerchantOrderId(data.transactionId) },
      { label: 'Ends', value: formatIst(data.endsAt) },
    ],
    action: { label: 'Renew', url: buildRetryUrl(appUrl) },
    closing: ['Renewed before its end, it goes on without a gap, and you lose no day.'],
  };
}

/** A pass has ended by itself, with the way to renew. */
function describeEnded(data: AccessEndedData, { appUrl }: MailLinks): MailContent {
  const product = callProduct(data.plan);
  return {
    subject: `Your plan has ended - ${product}`,
    preview: 'You can renew it at any time.',
    heading: 'Your plan has ended',
    intro: `Your plan "${nameOf(data.plan)}" has ended. It does not renew itself, and nothing was charged.`,
    status: { label: 'Ended', tone: 'waiting' },
    facts: [
      { label: 'Order ID', value: toMerchantOrderId(data.transactionId) },
      { label: 'Ended', value: formatIst(data.endedAt) },
    ],
    action: { label: 'Renew', url: buildRetryUrl(appUrl) },
    closing: ['A new payment begins a new period on the day you pay.'],
  };
}

/** Money went back. When it arrives is the bank's: within some days, never on one. */
function describeRefunded(data: PaymentRefundedData, { appUrl }: MailLinks): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const product = callProduct(data.plan);
  return {
    subject: `${amount} refunded - ${product}`,
    preview: `${amount} is on its way back to you, within 7 working days.`,
    heading: `${amount} refunded`,
    intro: `We have refunded ${amount} of your payment for ${product}. It goes back to where you paid from, within 7 working days.`,
    status: { label: 'Refunded', tone: 'good' },
    facts: [
      { label: 'Order ID', value: data.merchantOrderId },
      { label: 'Refunded', value: amount },
      { label: 'Refund ID', value: data.refundId },
    ],
    action: { label: `Open ${product}`, url: appUrl },
    closing: [
      describeAccess(data),
      'Nothing of it after 7 working days? Write to us with the order ID above.',
    ],
  };
}

function describeAccess({ isFull, reason, plan }: PaymentRefundedData): string {
  if (reason === 'DUPLICATE') return 'You had paid twice. Your plan stays as it is.';
  return isFull
    ? `What this order gave you of ${callPlan(plan)} has ended with it.`
    : 'Your plan stays as it is.';
}

/** "Payment Failed": what happened, and the way to try again. */
function describeFailed(data: PaymentFailedData, { appUrl }: MailLinks): MailContent {
  const amount = formatRupees(data.amountInPaisa);
  const product = callProduct(data.plan);
  return {
    subject: `Payment Failed - ${product}`,
    preview: `Your payment of ${amount} did not go through. You can try again.`,
    heading: 'Your payment did not go through',
    intro: `We could not complete your payment for ${product}, so your plan has not changed.`,
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

/** The place on the app's page where plans are bought. A fragment, so that it is right on whichever page sells. */
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

const dayFormat = new Intl.DateTimeFormat('en-IN', {
  dateStyle: 'medium',
  timeZone: 'Asia/Kolkata',
});

/** The day in India of a timestamp: `23 Nov 2025`. */
function formatDay(timestamp: string): string {
  return dayFormat.format(new Date(timestamp));
}

/** What buyers call what they bought: `Basic` of the plan "Basic, one month". */
function callPlan(plan: Pick<Plan, 'name' | 'planId'>): string {
  return nameOf(plan).split(',')[0]?.trim() || nameOf(plan);
}

function callProduct(plan: Pick<Plan, 'name' | 'planId'>): string {
  return `${PRODUCT_NAME} ${callPlan(plan)}`;
}
