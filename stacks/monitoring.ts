import { createAlarms, hasOwnMailSet } from './alarms.ts';
import type { Stage } from './config/read-stage.ts';
import { createDashboard } from './dashboard.ts';
import type { Mail } from './mail.ts';

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

/** Has SES count what mailboxes do with this stage's mails; an existing configuration set is left as it is. */
function countMails(stage: Stage, { configurationSet }: Mail): void {
  if (!hasOwnMailSet(stage) || configurationSet === undefined) return;
  new aws.sesv2.ConfigurationSetEventDestination('MailCounts', {
    configurationSetName: configurationSet,
    eventDestinationName: 'counts',
    eventDestination: {
      enabled: true,
      matchingEventTypes: ['SEND', 'DELIVERY', 'BOUNCE', 'COMPLAINT'],
      cloudWatchDestination: {
        dimensionConfigurations: [
          {
            // SES tags every mail with it by itself.
            dimensionName: 'ses:configuration-set',
            dimensionValueSource: 'MESSAGE_TAG',
            defaultDimensionValue: 'none',
          },
        ],
      },
    },
  });
}
