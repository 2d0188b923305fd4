/** What PhonePe's documents and clients name, by the shape of the payload; and one event that nobody has. */
export const eventsByFamily = {
  order: [
    'checkout.order.completed',
    'checkout.order.failed',
    'pg.order.completed',
    'pg.order.failed',
    'paylink.order.completed',
    'paylink.order.failed',
  ],
  attempt: ['checkout.transaction.attempt.failed', 'pg.transaction.attempt.failed'],
  refund: ['pg.refund.accepted', 'pg.refund.completed', 'pg.refund.failed'],
  dispute: [
    'payment.dispute.created',
    'payment.dispute.under_review',
    'payment.dispute.action_required',
    'payment.dispute.won',
    'payment.dispute.lost',
  ],
  settlement: ['settlement.initiated', 'settlement.processed', 'settlement.attempt.failed'],
  mandateOrder: [
    'subscription.setup.order.completed',
    'subscription.setup.order.failed',
    'subscription.notification.completed',
    'subscription.notification.failed',
    'subscription.redemption.order.completed',
    'subscription.redemption.order.failed',
    'subscription.redemption.transaction.completed',
    'subscription.redemption.transaction.failed',
  ],
  mandate: [
    'subscription.paused',
    'subscription.unpaused',
    'subscription.revoked',
    'subscription.cancelled',
  ],
  unknown: ['checkout.order.unknown'],
} as const;

export type SampleFamily = keyof typeof eventsByFamily;
export type SampleEvent = (typeof eventsByFamily)[SampleFamily][number];

const families: readonly SampleFamily[] = [
  'order',
  'attempt',
  'refund',
  'dispute',
  'settlement',
  'mandateOrder',
  'mandate',
  'unknown',
];

/** Every event that a sample can be built of. */
export const sampleEvents: readonly SampleEvent[] = families.flatMap(
  (family) => eventsByFamily[family],
);

export function familyOf(event: SampleEvent): SampleFamily {
  const found = families.find((family) => eventsByFamily[family].some((each) => each === event));
  if (!found) throw new Error(`no sample is called ${event}`);
  return found;
}
