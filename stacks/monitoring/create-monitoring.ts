import type { Stage } from '../config/read-stage.ts';
import type { Mail } from '../mail.ts';
import { countMails } from './count-mails.ts';
import { createAlarms } from './create-alarms.ts';
import { createDashboard } from './create-dashboard.ts';

/** The topology's alarms, which report to `alerts`, and its dashboard. */
export function createMonitoring(
  stage: Stage,
  parts: { alerts: sst.aws.SnsTopic; api: sst.aws.ApiGatewayV2; mail: Mail },
): void {
  const { alerts, api, mail } = parts;
  const apiId = api.nodes.api.id;
  countMails(stage, mail);
  const alarms = createAlarms(stage, { topicArn: alerts.arn, apiId });
  createDashboard(stage, { alarms, apiId });
}
