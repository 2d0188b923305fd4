import { isDeepStrictEqual } from 'node:util';
import { alarms, describeAlarm } from '@cloudnestle/topology/alarms';
import type { Alarm } from '@cloudnestle/topology/alarms/alarm';
import * as z from 'zod';
import type { Check } from '../../checks/check.ts';
import { readResources } from '../../checks/read/read-resources.ts';
import { types } from '../../checks/read/types.ts';
import { findDifferences } from '../../checks/same.ts';
import { isMeasured } from '../is-measured.ts';
import { describeInputs, describeMeasure } from './describe-measure.ts';
import { findStrayMetrics } from './find-stray-metrics.ts';
import { type AlarmInputs, readAlarms } from './read/read-alarms.ts';

const topicSchema = z.object({ topic: z.string(), endpoint: z.string() });

/**
 * Where somebody is to be told, every alarm of the topology is there as it stands in the topology, measures what the stage
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
