import { METRIC_NAMESPACE } from '@cloudnestle/contracts/metric-names';
import type { Metric } from './metrics.ts';
import type { StageNames } from './stage-names.ts';

/** A metric where CloudWatch has it. */
export interface LocatedMetric<Id> {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string | Id>>;
}

/** A metric under the names of one stage; `apiId` is the HTTP API's, in whatever form it is known. */
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
