import type { DashboardRow } from '@cloudnestle/topology/dashboard/widget';
import type { Measure } from '@cloudnestle/topology/metrics';
import { buildWidget, type Locate } from './build-widget.ts';

/** CloudWatch's grid. */
const PAGE_WIDTH = 24;
const TITLE_HEIGHT = 1;
const ALARMS_HEIGHT = 5;
const WIDGET_HEIGHT = 6;

export interface BodyOptions {
  region: string;
  alarmArns: readonly string[];
  /** Whether the stage has what a number is made of; what it has not is left out. */
  isMeasured(measure: Measure): boolean;
  locate: Locate;
}

/** A dashboard as CloudWatch takes it: rows of widgets of equal width below each other, the alarms at the top. */
export function buildBody(rows: readonly DashboardRow[], options: BodyOptions) {
  const { alarmArns, region } = options;
  const widgets: object[] = [];
  let y = 0;
  if (alarmArns.length > 0) {
    const place = { x: 0, y, width: PAGE_WIDTH, height: ALARMS_HEIGHT };
    widgets.push({ type: 'alarm', ...place, properties: { title: 'Alarms', alarms: alarmArns } });
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
