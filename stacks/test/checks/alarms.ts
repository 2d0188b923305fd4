import { isDeepStrictEqual } from 'node:util';
import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { alarms, describeAlarm } from '@cloudnestle/topology/alarms';
import type { Alarm } from '@cloudnestle/topology/alarms/alarm';
import { locateMetric } from '@cloudnestle/topology/metrics';
import type { StageNames } from '@cloudnestle/topology/stage-names';
import * as z from 'zod';
import { isMeasured } from '../../alarms.ts';
import { findStrayMetrics } from './metrics.ts';
import { type Check, findDifferences, readResources, types } from './read.ts';

const topicSchema = z.object({ topic: z.string(), endpoint: z.string() });

/**
 * Where the stage has an alert address, every alarm of the topology is there as it stands in the topology, measures what the stage
 * emits, and tells the alert address when it begins and, unless its end is no good news, when it ends.
 */
export const checkAlarms: Check = (graph, stage) => {
  const { names, config } = stage;
  const found = readAlarms(graph);
  const nameOf = ({ name }: Alarm) => names.nameOf(`marketplace-payments-${name}`);
  const wanted =
    config.alertAddress === undefined
      ? []
      : alarms.filter(({ measure }) => isMeasured(measure, stage));
  const topics = readResources(graph, types.subscription, topicSchema)
    .filter(({ inputs }) => inputs.endpoint === config.alertAddress)
    .map(({ inputs }) => inputs.topic);
  return [
    ...findDifferences('the stage', {
      found: [...found.keys()].map((name) => `the alarm ${name}`),
      wanted: wanted.map((alarm) => `the alarm ${nameOf(alarm)}`),
    }),
    ...wanted.flatMap((alarm) => {
      const inputs = found.get(nameOf(alarm));
      if (!inputs) return [];
      const isRight = isDeepStrictEqual(describeInputs(inputs), describeMeasure(alarm, names));
      return [
        ...(isRight ? [] : [`${inputs.name} measures something else`]),
        ...findTrouble(inputs, alarm, topics),
      ];
    }),
    ...findStrayMetrics(graph, stage, [...found.values()].flatMap(listMetrics)),
  ];
};

function findTrouble(inputs: AlarmInputs, alarm: Alarm, topics: readonly string[]): string[] {
  const { name, threshold, comparisonOperator: operator, treatMissingData: missing } = inputs;
  const bound =
    'above' in alarm.raised
      ? ['GreaterThanThreshold', alarm.raised.above]
      : ['LessThanThreshold', alarm.raised.below];
  const isTold = (actions: readonly string[]) => isDeepStrictEqual(actions, topics);
  const periods = [inputs.evaluationPeriods, inputs.datapointsToAlarm];
  return [
    ...(inputs.alarmDescription === describeAlarm(alarm) ? [] : [`${name} says something else`]),
    ...(isDeepStrictEqual([operator, threshold], bound)
      ? []
      : [`${name} is raised by ${operator} ${threshold}`]),
    ...(periods.every((each) => each === alarm.periods)
      ? []
      : [`${name} is raised by ${periods.join(' of ')} periods`]),
    ...((missing === 'breaching') === (alarm.missing === 'raised') && missing !== 'missing'
      ? []
      : [`${name} takes missing data as ${missing}`]),
    ...(inputs.actionsEnabled && isTold(inputs.alarmActions)
      ? []
      : [`${name} does not tell the alert address when it begins`]),
    ...((alarm.end === 'untold' ? inputs.okActions.length === 0 : isTold(inputs.okActions))
      ? []
      : [`${name} ${alarm.end === 'untold' ? 'tells of its end' : 'does not tell of its end'}`]),
  ];
}

function listMetrics({ metricQueries }: AlarmInputs) {
  return metricQueries.flatMap((each) =>
    'metric' in each ? [{ ...each.metric, name: each.metric.metricName }] : [],
  );
}

/** What an alarm computes and from which metrics, as the topology has it. */
function describeMeasure({ measure, periodSeconds }: Alarm, names: StageNames) {
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
function describeInputs({ metricQueries }: AlarmInputs) {
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

const querySchema = z.union([
  z.object({
    id: z.string(),
    returnData: z.boolean(),
    metric: z.object({
      namespace: z.string(),
      metricName: z.string(),
      dimensions: z.record(z.string(), z.string()),
      period: z.number(),
      stat: z.string(),
    }),
  }),
  z.object({ id: z.string(), returnData: z.boolean(), expression: z.string() }),
]);

const alarmSchema = z.object({
  name: z.string(),
  alarmDescription: z.string(),
  comparisonOperator: z.string(),
  threshold: z.number(),
  evaluationPeriods: z.number(),
  datapointsToAlarm: z.number().optional(),
  treatMissingData: z.string(),
  actionsEnabled: z.boolean().default(true),
  alarmActions: z.array(z.string()).default([]),
  okActions: z.array(z.string()).default([]),
  metricQueries: z.array(querySchema),
});
type AlarmInputs = z.infer<typeof alarmSchema>;

/** The stage's alarms by their names. */
export function readAlarms(graph: Graph): ReadonlyMap<string, AlarmInputs> {
  const found = readResources(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm', alarmSchema);
  return new Map(found.map(({ inputs }) => [inputs.name, inputs]));
}
