/** Every metric this system emits, namespace `MarketplacePayments`. Alarms and dashboards read these names. */
export const METRIC_NAMESPACE = 'MarketplacePayments';

export const metricNames = [
  'PaymentInitiationSucceeded',
  'PaymentInitiationFailed',
  'InitiatedPublishFailed',
  'WebhookProcessingTime',
  'WebhookAuthenticationFailed',
  'WebhookIgnored',
  'WebhookUnknownOrder',
  'PaymentCompletedPublished',
  'PaymentFailedPublished',
  'AmountMismatch',
  'TierUpdated',
  'EntitlementUpdated',
  'EntitlementCreated',
  'EmailSent',
  'EmailFailed',
  'EmailUnknown',
  'BuyerChargedTwice',
  'OrderNeedsReview',
  'RecordRetried',
  'RecordDeadLettered',
  'DeadLetterNotSent',
] as const;
export type MetricName = (typeof metricNames)[number];
