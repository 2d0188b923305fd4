import type { Graph } from '@cloudnestle/sst-offline/graph/graph';
import { dashboard } from '@cloudnestle/topology/dashboard';
import { nameIn } from '@cloudnestle/topology/judge/problem';
import * as z from 'zod';
import { isMeasured } from '../../alarms.ts';
import { readAlarms } from './alarms.ts';
import { type FoundMetric, findStrayMetrics } from './metrics.ts';
import { type Check, findDifferences, json, type Read, readResources } from './read.ts';

const PAGE_WIDTH = 24;

/** The stage has one dashboard, with all its alarms and the topology's widgets, of metrics that the stage emits. */
export const checkDashboard: Check = (graph, stage) => {
  const dashboards = readDashboards(graph);
  const [found] = dashboards;
  if (!found || dashboards.length > 1) return [`the stage has ${dashboards.length} dashboards`];
  const { dashboardName, dashboardBody } = found.inputs;
  const { widgets } = dashboardBody;
  const drawn = widgets.flatMap((each) => (each.type === 'metric' ? [each.properties] : []));
  const wanted = dashboard
    .flatMap(({ widgets: all }) => all)
    .filter(({ series }) => series.every(({ measure }) => isMeasured(measure, stage)));
  const shown = widgets.flatMap((each) => (each.type === 'alarm' ? each.properties.alarms : []));
  return [
    ...(dashboardName === stage.names.bus ? [] : [`the dashboard is called ${dashboardName}`]),
    ...findDifferences('the dashboard', {
      found: drawn.map(({ title }) => `a widget ${title}`),
      wanted: wanted.map(({ title }) => `a widget ${title}`),
    }),
    ...findDifferences('the dashboard', {
      found: shown.map((arn) => `the alarm ${nameIn(arn)}`),
      wanted: [...readAlarms(graph).keys()].map((name) => `the alarm ${name}`),
    }),
    ...findCollisions(widgets),
    ...drawn.flatMap(findBrokenFormulas),
    ...findStrayMetrics(
      graph,
      stage,
      drawn.flatMap(({ metrics }) => metrics.flatMap(toMetric)),
    ),
  ];
};

function toMetric(line: Line): FoundMetric[] {
  const [namespace, name, ...where] = line.filter((each) => typeof each === 'string');
  if (namespace === undefined || name === undefined) return [];
  const pairs = where.flatMap((each, at) => (at % 2 === 0 ? [[each, where[at + 1] ?? '']] : []));
  return [{ namespace, name, dimensions: Object.fromEntries(pairs) }];
}

/** A formula may only use what stands beside it, and nothing stands there twice under one name. */
function findBrokenFormulas({ title, metrics }: { title: string; metrics: Line[] }): string[] {
  const options = metrics.flatMap((line) => line.filter((each) => typeof each === 'object'));
  const ids = options.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const used = options.flatMap(({ expression }) => expression?.match(/\b[a-z]\w*\b/g) ?? []);
  return [
    ...(new Set(ids).size === ids.length ? [] : [`${title} has two lines of one name`]),
    ...used
      .filter((name) => !ids.includes(name))
      .map((name) => `${title} computes with ${name}, which is not there`),
  ];
}

function findCollisions(widgets: readonly WidgetInputs[]): string[] {
  const taken = new Set<string>();
  return widgets.flatMap(({ type, x, y, width, height }) => {
    const cells = Array.from({ length: width * height }, (_, at) => {
      return `${x + (at % width)} ${y + Math.floor(at / width)}`;
    });
    const isFree = x >= 0 && x + width <= PAGE_WIDTH && cells.every((cell) => !taken.has(cell));
    for (const cell of cells) taken.add(cell);
    return isFree ? [] : [`the ${type} at ${x}, ${y} lies over another or beside the page`];
  });
}

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
type WidgetInputs = z.infer<typeof widgetSchema>;
type Line = z.infer<typeof lineSchema>;

const dashboardSchema = z.object({
  dashboardName: z.string(),
  dashboardBody: json(z.object({ widgets: z.array(widgetSchema).max(500) })),
});

function readDashboards(graph: Graph): Read<z.infer<typeof dashboardSchema>>[] {
  return readResources(graph, 'aws:cloudwatch/dashboard:Dashboard', dashboardSchema);
}
