import { METRIC_NAMESPACE, type MetricName } from '@cloudnestle/contracts/metric-names';
import type { StageNames } from './stage-names.ts';
import { type SubscriberName, subscriberNames } from './subscribers.ts';
import type { FunctionName } from './types.ts';

/** How CloudWatch makes one number of a period's samples. */
type Statistic = 'Sum' | 'SampleCount' | 'Average' | 'Maximum' | 'p50' | 'p95';

/** Who emits this system's own metrics: what functions call themselves in `createPlatform`. */
export type ServiceName = 'checkout' | 'webhook' | SubscriberName;
export const serviceNames: readonly ServiceName[] = ['checkout', 'webhook', ...subscriberNames];

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
interface Formula {
  formula: string;
  from: Readonly<Record<string, Metric>>;
}
export type Measure = Metric | Formula;

export function metricsOf(measure: Measure): readonly Metric[] {
  return 'formula' in measure ? Object.values(measure.from) : [measure];
}

/** A metric of this system's own, summed up. */
export function counted(service: ServiceName, name: MetricName): Metric {
  return { of: 'service', service, name, statistic: 'Sum' };
}

/** Of a metric with one sample for each that ended: how many failed, and how many ended. */
export function failedOfEnded(service: ServiceName, name: MetricName) {
  const failed = counted(service, name);
  return { failed, ended: { ...failed, statistic: 'SampleCount' } } as const;
}

/** A metric where CloudWatch has it. */
export interface LocatedMetric<Id> {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string | Id>>;
}

/** A metric under the names of one stage; `apiId` is the HTTP API's, in the form in which the caller knows it. */
export function locateMetric<Id>(
  metric: Metric,
  stage: { names: StageNames; apiId: Id },
): LocatedMetric<Id> {
  const { names, apiId } = stage;
  const { name } = metric;
  switch (metric.of) {
    case 'service':
      return {
        namespace: names.nameOf(METRIC_NAMESPACE),
        name,
        dimensions: { service: metric.service },
      };
    case 'queue':
      return {
        namespace: 'AWS/SQS',
        name,
        dimensions: { QueueName: names.nameOf(metric.queue) },
      };
    case 'function':
      return {
        namespace: 'AWS/Lambda',
        name,
        dimensions: { FunctionName: names.functionNameOf(metric.function) },
      };
    case 'rule':
      return {
        namespace: 'AWS/Events',
        name,
        dimensions: { EventBusName: names.bus, RuleName: names.nameOf(metric.rule) },
      };
    case 'api':
      return { namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: apiId } };
    case 'mail':
      return { namespace: 'AWS/SES', name, dimensions: { 'ses:configuration-set': names.bus } };
  }
}
