import { METRIC_NAMESPACE, type MetricName } from '@cloudnestle/contracts/metric-names';
import type { Settlement } from '@cloudnestle/payments/settle-order';
import { keepSample, type Sample, toMembers, writeLine } from './unit-of-work.ts';

/** Counts and times under the names of the metrics contract. */
export interface Metrics {
  /**
   * Once, or `value` times; 0 is a sample as well. `atOnce`: where a write follows after which no other delivery counts
   * it, so that it may not wait for the summary line.
   */
  count(name: MetricName, value?: number, options?: { atOnce: boolean }): void;
  time(name: MetricName, ms: number): void;
}

/**
 * CloudWatch metrics in log lines (EMF), in the namespace that the stage's variable names: of a unit of work in its summary line, else
 * each in a line of its own.
 */
export function createMetrics(serviceName: string): Metrics {
  const { POWERTOOLS_METRICS_NAMESPACE: namespace = METRIC_NAMESPACE } = process.env;
  if (process.env.POWERTOOLS_METRICS_DISABLED === 'true')
    return { count: () => {}, time: () => {} };
  const sampleOf = (name: MetricName, unit: Sample['unit'], value: number): Sample => {
    return { namespace, service: serviceName, name, unit, value };
  };
  const keepOrWrite = (sample: Sample) => {
    if (!keepSample(sample)) writeLine(toMembers([sample]));
  };
  return {
    count: (name, value = 1, { atOnce } = { atOnce: false }) => {
      const sample = sampleOf(name, 'Count', value);
      if (atOnce) writeLine(toMembers([sample]));
      else keepOrWrite(sample);
    },
    time: (name, ms) => keepOrWrite(sampleOf(name, 'Milliseconds', ms)),
  };
}

/** Counts what a settlement put on the bus, the same for every caller that asks. */
export function countSettlement(metrics: Metrics, settlement: Settlement): void {
  if (!('isPublished' in settlement) || !settlement.isPublished) return;
  if (settlement.kind === 'completed') metrics.count('PaymentCompletedPublished');
  if (settlement.kind === 'failed') metrics.count('PaymentFailedPublished');
}
