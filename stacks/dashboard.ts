import { dashboard } from '@cloudnestle/topology/dashboard';
import type { DashboardRow, Series, Widget } from '@cloudnestle/topology/dashboard/widget';
import type { Measure, Metric } from '@cloudnestle/topology/metrics';
import { type LocatedMetric, locateMetric } from '@cloudnestle/topology/metrics';
import { isMeasured } from './alarms.ts';
import type { Stage } from './config/read-stage.ts';

/** The stage's one dashboard: its alarms, if it has any, and the topology's rows. */
export function createDashboard(
  stage: Stage,
  parts: { alarms: readonly aws.cloudwatch.MetricAlarm[]; apiId: $util.Output<string> },
): void {
  const { config, names } = stage;
  const alarmArns = $resolve(parts.alarms.map(({ arn }) => arn));
  const body = $resolve({ apiId: parts.apiId, alarmArns }).apply(({ apiId, alarmArns: arns }) =>
    buildBody(dashboard, {
      region: config.region,
      alarmArns: arns,
      isMeasured: (measure) => isMeasured(measure, stage),
      locate: (metric) => locateMetric(metric, { names, apiId }),
    }),
  );
  new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: names.bus,
    dashboardBody: body.apply((each) => JSON.stringify(each)),
  });
}

/** CloudWatch's grid. */
const PAGE_WIDTH = 24;
const TITLE_HEIGHT = 1;
const ALARMS_HEIGHT = 5;
const WIDGET_HEIGHT = 6;

interface BodyOptions {
  region: string;
  alarmArns: readonly string[];
  /** Whether the stage has what a number is made of; what it has not is left out. */
  isMeasured(measure: Measure): boolean;
  locate: Locate;
}

/** A dashboard as CloudWatch takes it: rows of widgets of equal width below each other, the alarms at the top. */
function buildBody(rows: readonly DashboardRow[], options: BodyOptions) {
  const { alarmArns, region } = options;
  const widgets: object[] = [];
  let y = 0;
  if (alarmArns.length > 0) {
    widgets.push(...buildAlarmWidgets(alarmArns, y));
    y += ALARMS_HEIGHT;
  }
  for (const { title, widgets: all } of rows) {
    const here = all.filter(({ series }) =>
      series.every(({ measure }) => options.isMeasured(measure)),
    );
    const titlePlace = { x: 0, y, width: PAGE_WIDTH, height: TITLE_HEIGHT };
    widgets.push({ type: 'text', ...titlePlace, properties: { markdown: `## ${title}` } });
    y += TITLE_HEIGHT;
    const width = Math.floor(PAGE_WIDTH / here.length);
    widgets.push(
      ...here.map((widget, at) => ({
        type: 'metric',
        ...{ x: at * width, y, width, height: WIDGET_HEIGHT },
        properties: { region, ...buildWidget(widget, options.locate) },
      })),
    );
    y += WIDGET_HEIGHT;
  }
  return { widgets };
}

/** A widget shows so many alarms at most (CloudWatch). */
const MOST_ALARMS = 100;

/** The alarms in as few widgets as CloudWatch takes, beside each other. */
function buildAlarmWidgets(alarmArns: readonly string[], y: number): object[] {
  const count = Math.ceil(alarmArns.length / MOST_ALARMS);
  const width = Math.floor(PAGE_WIDTH / count);
  return Array.from({ length: count }, (_, at) => {
    const alarms = alarmArns.slice(at * MOST_ALARMS, (at + 1) * MOST_ALARMS);
    const title = count === 1 ? 'Alarms' : `Alarms ${at + 1} of ${count}`;
    const place = { x: at * width, y, width, height: ALARMS_HEIGHT };
    return { type: 'alarm', ...place, properties: { title, alarms } };
  });
}

type Locate = (metric: Metric) => LocatedMetric<string>;

const FIVE_MINUTES = 300;

/** A widget's properties as CloudWatch takes them. */
function buildWidget({ title, shows, unit, series }: Widget, locate: Locate) {
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
