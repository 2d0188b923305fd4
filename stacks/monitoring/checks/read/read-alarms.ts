import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';
import { readResources } from '../../../checks/read/read-resources.ts';

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
export type AlarmInputs = z.infer<typeof alarmSchema>;

/** The stage's alarms by their names. */
export function readAlarms(graph: Graph): ReadonlyMap<string, AlarmInputs> {
  const found = readResources(graph, 'aws:cloudwatch/metricAlarm:MetricAlarm', alarmSchema);
  return new Map(found.map(({ inputs }) => [inputs.name, inputs]));
}
