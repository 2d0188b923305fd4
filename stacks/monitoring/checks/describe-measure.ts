import type { Alarm } from '@cloudnestle/topology/alarms/alarm';
import { locateMetric } from '@cloudnestle/topology/metrics';
import type { StageNames } from '@cloudnestle/topology/stage-names';
import type { AlarmInputs } from './read/read-alarms.ts';

/** What an alarm computes and from which metrics, as the topology has it. */
export function describeMeasure({ measure, periodSeconds }: Alarm, names: StageNames) {
  const [formula, from] =
    'formula' in measure ? [measure.formula, measure.from] : ['value', { value: measure }];
  return {
    formulas: [formula],
    from: Object.entries(from).map(([id, metric]) => {
      const { namespace, name, dimensions } = locateMetric(metric, { names, apiId: '' });
      return [id, namespace, name, dimensions, metric.statistic, periodSeconds];
    }),
  };
}

/** The same as it is deployed. */
export function describeInputs({ metricQueries }: AlarmInputs) {
  return {
    formulas: metricQueries
      .filter(({ returnData }) => returnData)
      .map((each) => ('metric' in each ? each.id : each.expression)),
    from: metricQueries.flatMap((each) => {
      if (!('metric' in each)) return [];
      const { namespace, metricName, dimensions, stat, period } = each.metric;
      return [[each.id, namespace, metricName, dimensions, stat, period]];
    }),
  };
}
