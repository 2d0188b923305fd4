import type { MetricName } from '@cloudnestle/contracts/metric-names';
import { counted, failedOfEnded, type Measure, type ServiceName } from '../metrics.ts';

/** One line, or one number, of a widget. */
export interface Series {
  label: string;
  measure: Measure;
}

export interface Widget {
  title: string;
  /** `numbers`: of the whole time that the page shows. `lines`: how it went. */
  shows: 'numbers' | 'lines';
  /** What stands beside the lines' axis. A percentage goes up to 100. */
  unit: 'count' | 'percent' | 'milliseconds' | 'seconds';
  series: readonly Series[];
}

/** Widgets side by side, under a title. */
export interface DashboardRow {
  title: string;
  widgets: readonly Widget[];
}

export function countOf(label: string, service: ServiceName, name: MetricName): Series {
  return { label, measure: counted(service, name) };
}

/** The percentage that did not fail, of a metric with one sample for each that ended. */
export function successRate(label: string, service: ServiceName, name: MetricName): Series {
  const from = failedOfEnded(service, name);
  return { label, measure: { formula: '100 - 100 * failed / ended', from } };
}

/** How many did not fail. */
export function successes(label: string, service: ServiceName, name: MetricName): Series {
  return { label, measure: { formula: 'ended - failed', from: failedOfEnded(service, name) } };
}
