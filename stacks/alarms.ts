import { alarms, describeAlarm } from '@cloudnestle/topology/alarms';
import type { Alarm } from '@cloudnestle/topology/alarms/alarm';
import { locateMetric, type Measure, type Metric, metricsOf } from '@cloudnestle/topology/metrics';
import { logicalName, type Stage } from './config/read-stage.ts';

/** The topic that alarms report to; it mails the stage's alert address, once that has agreed. */
export function createAlerts({ config, names }: Stage): sst.aws.SnsTopic {
  const topic = new sst.aws.SnsTopic('Alerts', {
    transform: { topic: { name: names.nameOf('marketplace-payments-alerts') } },
  });
  if (config.alertAddress !== undefined) {
    new aws.sns.TopicSubscription('AlertsMail', {
      topic: topic.arn,
      protocol: 'email',
      endpoint: config.alertAddress,
    });
  }
  return topic;
}

interface Targets {
  topicArn: $util.Output<string>;
  apiId: $util.Output<string>;
}

/** Every alarm that the stage can measure. None where the stage has no alert address: each costs ten cents a month and more. */
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

/** Whether a stage has what a number is made of: what became of mails only a configuration set of its own tells. */
export function isMeasured(measure: Measure, stage: Stage): boolean {
  return hasOwnMailSet(stage) || metricsOf(measure).every((metric) => metric.of !== 'mail');
}

export function hasOwnMailSet({ config }: Stage): boolean {
  return config.mail.identity.kind === 'created';
}
