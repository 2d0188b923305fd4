import { dashboard } from '@cloudnestle/topology/dashboard';
import { locateMetric } from '@cloudnestle/topology/metrics';
import type { Stage } from '../config/read-stage.ts';
import { buildBody } from './dashboard/build-body.ts';
import { isMeasured } from './is-measured.ts';

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
