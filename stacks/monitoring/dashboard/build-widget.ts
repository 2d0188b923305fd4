import type { Series, Widget } from '@cloudnestle/topology/dashboard/widget';
import type { LocatedMetric, Metric } from '@cloudnestle/topology/metrics';

export type Locate = (metric: Metric) => LocatedMetric<string>;

const FIVE_MINUTES = 300;

/** A widget's properties as CloudWatch takes them. */
export function buildWidget({ title, shows, unit, series }: Widget, locate: Locate) {
  const metrics = series.flatMap((each, at) => listLines(each, `s${at}`, locate));
  const common = { title, metrics, stat: 'Sum', period: FIVE_MINUTES };
  if (shows === 'numbers') {
    return { ...common, view: 'singleValue', setPeriodToTimeRange: true, sparkline: false };
  }
  const left = {
    min: 0,
    ...(unit === 'percent' ? { max: 100 } : {}),
    label: unit === 'count' ? '' : unit,
    showUnits: false,
  };
  return { ...common, view: 'timeSeries', stacked: false, yAxis: { left } };
}

/** A formula's metrics stand beside it unseen, with names that no other series of the widget has. */
function listLines({ label, measure }: Series, prefix: string, locate: Locate): unknown[][] {
  if (!('formula' in measure)) return [lineOf(measure, { label }, locate)];
  const { formula, from } = measure;
  const idOf = (name: string) => (Object.hasOwn(from, name) ? `${prefix}_${name}` : name);
  return [
    ...Object.entries(from).map(([name, metric]) =>
      lineOf(metric, { id: idOf(name), visible: false }, locate),
    ),
    [{ expression: formula.replaceAll(/\b[a-z]\w*\b/g, idOf), label, id: prefix }],
  ];
}

function lineOf(metric: Metric, options: object, locate: Locate): unknown[] {
  const { namespace, name, dimensions } = locate(metric);
  const where = Object.entries(dimensions).flat();
  return [namespace, name, ...where, { ...options, stat: metric.statistic }];
}
