import type { AttentionReason } from './items/attention.ts';

/** Where metrics go; stages other than production carry their name in front. */
export const METRIC_NAMESPACE = 'MarketplacePayments';

/** Every metric this system emits, with the one dimension `service`. Alarms and dashboards read these names. */
export const metricNames = [
  // One sample for each that ended: 1 where it failed, 0 where it did not. So their number is how many there were.
  'PaymentInitiationFailed',
  'WebhookFailed',
  'OrderFailed',
  'RecordDeadLettered',
  'EmailFailed',
  // Counts and times.
  'PaymentInitiationSucceeded',
  'InitiatedPublishFailed',
  'WebhookProcessingTime',
  'WebhookAuthenticationFailed',
  'WebhookIgnored',
  'WebhookUnknownOrder',
  'PaymentCompletedPublished',
  'PaymentFailedPublished',
  'OrderAbandoned',
  'TierUpdated',
  'EntitlementUpdated',
  'EntitlementCreated',
  'EmailSent',
  'EmailUnknown',
  'RecordRetried',
  'DeadLetterNotSent',
  'AccessRevoked',
  'RefundRecorded',
  'GatewayEventUnknownOrder',
  'RefundRefused',
  'RefundSubmitted',
  'RefundCompleted',
  'RefundFailed',
  'DocumentIssued',
  // What the sweep over documents says every five minutes, 0 too: how many are thought of for longer than an hour, and not issued.
  'DocumentsOverdue',
  'DocumentSweepErrors',
  'TokenUnknown',
  'QuotaExceeded',
  // How many orders need an operator now, by reason: the sweep says each every minute, 0 too.
  'AttentionMismatch',
  'AttentionNoOutcome',
  'AttentionEffectsMissing',
  'AttentionNotReached',
  'AttentionChargedTwice',
  'AttentionDispute',
  'AttentionPartialRefund',
  'AttentionRefundFailed',
  'AttentionUnknownTier',
  'SweepFinished',
  'SweepDue',
  'SweepSettled',
  'SweepFailed',
  'SweepExpired',
  'SweepReminded',
  'SweepEnded',
  'SweepRepaired',
  'SweepParked',
  'SweepErrors',
  'SweepDuration',
  // What the refund sweep counts: its sign of life, what it could not look at, and what it says every minute, 0 too.
  'RefundSweepFinished',
  'RefundSweepErrors',
  'RefundsOpen',
  'RefundsStandingStill',
  'RefundedTodayInRupees',
  // Money owed back for more than a day: the sweep over orders says it every minute.
  'OwedOverOneDay',
] as const;
export type MetricName = (typeof metricNames)[number];

/** The gauge of each reason for which an order needs an operator. */
export const attentionGauges = {
  MISMATCH: 'AttentionMismatch',
  NO_OUTCOME: 'AttentionNoOutcome',
  EFFECTS_MISSING: 'AttentionEffectsMissing',
  NOT_REACHED: 'AttentionNotReached',
  CHARGED_TWICE: 'AttentionChargedTwice',
  DISPUTE: 'AttentionDispute',
  PARTIAL_REFUND: 'AttentionPartialRefund',
  REFUND_FAILED: 'AttentionRefundFailed',
  UNKNOWN_TIER: 'AttentionUnknownTier',
} as const satisfies Record<AttentionReason, MetricName>;
