import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, type MetricName } from '@cloudnestle/contracts/metric-names';
import type { Settlement } from '@cloudnestle/payments/settle-order';

/** Counts and times under the names of the metrics contract. */
export interface Metrics {
  /** Once, or `value` times; 0 is a sample as well. */
  count(name: MetricName, value?: number): void;
  time(name: MetricName, ms: number): void;
}

/**
 * CloudWatch metrics as log lines (EMF), in the namespace that Powertools' own variable names. Each is added and written in
 * one synchronous step: records of a batch run side by side, and what waited in a buffer would be mixed with another
 * record's.
 */
export function createMetrics(serviceName: string): Metrics {
  const { POWERTOOLS_METRICS_NAMESPACE: namespace = METRIC_NAMESPACE } = process.env;
  const powertools = new Powertools({ namespace, serviceName });
  const write = (
    name: MetricName,
    unit: (typeof MetricUnit)[keyof typeof MetricUnit],
    value: number,
  ) => {
    powertools.addMetric(name, unit, value);
    powertools.publishStoredMetrics();
  };
  return {
    count: (name, value = 1) => write(name, MetricUnit.Count, value),
    time: (name, ms) => write(name, MetricUnit.Milliseconds, ms),
  };
}

/** Counts what a settlement put on the bus, the same for every caller that asks. */
export function countSettlement(metrics: Metrics, settlement: Settlement): void {
  if (!('isPublished' in settlement) || !settlement.isPublished) return;
  if (settlement.kind === 'completed') metrics.count('PaymentCompletedPublished');
  if (settlement.kind === 'failed') metrics.count('PaymentFailedPublished');
}
