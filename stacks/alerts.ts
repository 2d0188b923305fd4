import type { Stage } from './config/read-stage.ts';

/** The topic that alarms report to; it mails the stage's alert address, once that has agreed. */
export function createAlerts({ config, names }: Stage): sst.aws.SnsTopic {
  const topic = new sst.aws.SnsTopic('Alerts', {
    transform: { topic: { name: names.nameOf('marketplace-payments-alerts') } },
  });
  if (config.alertAddress !== undefined) {
    new aws.sns.TopicSubscription('AlertsMail', {
      topic: topic.arn,
      protocol: 'email',
      endpoint: config.alertAddress,
    });
  }
  return topic;
}
