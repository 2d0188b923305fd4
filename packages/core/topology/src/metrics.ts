import type { MetricName } from '@cloudnestle/contracts/metric-names';
import type { FunctionName } from './types.ts';

/** How CloudWatch makes one number of a period's samples. */
export type Statistic = 'Sum' | 'SampleCount' | 'Average' | 'Maximum' | 'p50' | 'p95';

/** Who emits metrics of our own: what functions call themselves in `createPlatform`. */
export const serviceNames = [
  'checkout',
  'webhook',
  'tiers',
  'entitlements',
  'notifications',
  'reconciliation',
] as const;
export type ServiceName = (typeof serviceNames)[number];

/** What a metric is measured at; names are those of the topology, a stage may carry others. */
type Source =
  | { of: 'service'; service: ServiceName; name: MetricName }
  | { of: 'queue'; queue: string; name: QueueMetric }
  | { of: 'function'; function: FunctionName; name: 'Errors' | 'Throttles' | 'Duration' }
  /** A rule of the bus, called after the queue that it leads to. */
  | { of: 'rule'; rule: string; name: 'InvocationsFailedToBeSentToDlq' }
  | { of: 'api'; name: '4xx' | '5xx' | 'Count' | 'Latency' }
  /** What became of mails after SES took them; only where the stage has a configuration set of its own. */
  | { of: 'mail'; name: 'Send' | 'Delivery' | 'Bounce' | 'Complaint' };

export type QueueMetric =
  | 'ApproximateNumberOfMessagesVisible'
  | 'ApproximateNumberOfMessagesNotVisible'
  | 'ApproximateAgeOfOldestMessage';

export type Metric = Source & { statistic: Statistic };

/** A number that CloudWatch computes; the letters in the formula name what it is computed from. */
export interface Formula {
  formula: string;
  from: Readonly<Record<string, Metric>>;
}
export type Measure = Metric | Formula;

export function metricsOf(measure: Measure): readonly Metric[] {
  return 'formula' in measure ? Object.values(measure.from) : [measure];
}

/** A metric of ours, summed up. */
export function counted(service: ServiceName, name: MetricName): Metric {
  return { of: 'service', service, name, statistic: 'Sum' };
}

/** Of a metric with one sample for each that ended: how many failed, and how many ended. */
export function failedOfEnded(service: ServiceName, name: MetricName) {
  const failed = counted(service, name);
  return { failed, ended: { ...failed, statistic: 'SampleCount' } } as const;
}
