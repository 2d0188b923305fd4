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
  'AmountMismatch',
  'OrderAbandoned',
  'TierUpdated',
  'EntitlementUpdated',
  'EntitlementCreated',
  'EmailSent',
  'EmailUnknown',
  'BuyerChargedTwice',
  'OrderNeedsReview',
  'RecordRetried',
  'DeadLetterNotSent',
  'AccessRevoked',
  'RefundRecorded',
  'RefundNeedsOperator',
  'DisputeReceived',
  'GatewayEventUnknownOrder',
  'TokenUnknown',
  'QuotaExceeded',
  'SweepFinished',
  'SweepDue',
  'SweepSettled',
  'SweepFailed',
  'SweepExpired',
  'SweepRepaired',
  'SweepParked',
  'SweepErrors',
  'SweepDuration',
] as const;
export type MetricName = (typeof metricNames)[number];
