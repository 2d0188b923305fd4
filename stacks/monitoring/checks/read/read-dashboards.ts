import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import * as z from 'zod';
import { json, type Read, readResources } from '../../../checks/read/read-resources.ts';

const place = { x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() };

/** A metric's line: where it is and how it is drawn, or a formula. */
const lineSchema = z.array(
  z.union([z.string(), z.object({ id: z.string().optional(), expression: z.string().optional() })]),
);

const widgetSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), ...place }),
  z.object({
    type: z.literal('alarm'),
    ...place,
    properties: z.object({ alarms: z.array(z.string()).max(100) }),
  }),
  z.object({
    type: z.literal('metric'),
    ...place,
    properties: z.object({ title: z.string(), metrics: z.array(lineSchema) }),
  }),
]);
export type WidgetInputs = z.infer<typeof widgetSchema>;
export type Line = z.infer<typeof lineSchema>;

const dashboardSchema = z.object({
  dashboardName: z.string(),
  dashboardBody: json(z.object({ widgets: z.array(widgetSchema).max(500) })),
});

export function readDashboards(graph: Graph): Read<z.infer<typeof dashboardSchema>>[] {
  return readResources(graph, 'aws:cloudwatch/dashboard:Dashboard', dashboardSchema);
}
