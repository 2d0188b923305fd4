import { dashboard } from '@cloudnestle/topology/dashboard';
import type { Check } from '../../checks/check.ts';
import { nameIn } from '../../checks/read/read-resources.ts';
import { findDifferences } from '../../checks/same.ts';
import { isMeasured } from '../is-measured.ts';
import { type FoundMetric, findStrayMetrics } from './find-stray-metrics.ts';
import { readAlarms } from './read/read-alarms.ts';
import { type Line, readDashboards, type WidgetInputs } from './read/read-dashboards.ts';

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
