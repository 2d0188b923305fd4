import { alarms, describeAlarm } from '@cloudnestle/topology/alarms';
import type { Alarm } from '@cloudnestle/topology/alarms/alarm';
import { locateMetric } from '@cloudnestle/topology/locate-metric';
import type { Metric } from '@cloudnestle/topology/metrics';
import type { Stage } from '../config/read-stage.ts';
import { logicalName } from '../logical-name.ts';
import { isMeasured } from './is-measured.ts';

interface Targets {
  topicArn: $util.Output<string>;
  apiId: $util.Output<string>;
}

/** Every alarm that the stage can measure. None where nobody is to be told: each costs ten cents a month and more. */
export function createAlarms(stage: Stage, targets: Targets): aws.cloudwatch.MetricAlarm[] {
  if (stage.config.alertAddress === undefined) return [];
  return alarms
    .filter(({ measure }) => isMeasured(measure, stage))
    .map((alarm) => createAlarm(stage, alarm, targets));
}

function createAlarm(stage: Stage, alarm: Alarm, { topicArn, apiId }: Targets) {
  const { name, raised, periods, missing, end } = alarm;
  const [comparisonOperator, threshold] =
    'above' in raised
      ? ['GreaterThanThreshold', raised.above]
      : ['LessThanThreshold', raised.below];
  return new aws.cloudwatch.MetricAlarm(`${name.split('-').map(logicalName).join('')}Alarm`, {
    name: stage.names.nameOf(`marketplace-payments-${name}`),
    alarmDescription: describeAlarm(alarm),
    metricQueries: listQueries(alarm, (metric) => locateMetric(metric, { ...stage, apiId })),
    comparisonOperator,
    threshold,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    treatMissingData: missing === 'raised' ? 'breaching' : 'notBreaching',
    alarmActions: [topicArn],
    okActions: end === 'untold' ? [] : [topicArn],
  });
}

type Locate = (metric: Metric) => ReturnType<typeof locateMetric<$util.Output<string>>>;

function listQueries({ measure, periodSeconds }: Alarm, locate: Locate) {
  const query = (id: string, metric: Metric, returnData: boolean) => {
    const { namespace, name, dimensions } = locate(metric);
    const where = { namespace, metricName: name, dimensions };
    return { id, returnData, metric: { ...where, period: periodSeconds, stat: metric.statistic } };
  };
  if (!('formula' in measure)) return [query('value', measure, true)];
  return [
    { id: 'result', expression: measure.formula, label: 'result', returnData: true },
    ...Object.entries(measure.from).map(([id, metric]) => query(id, metric, false)),
  ];
}
