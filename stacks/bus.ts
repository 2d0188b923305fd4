import { topology } from '@cloudnestle/topology/topology';
import { logicalName, type Stage } from './config/read-stage.ts';
import type { Queues, SubscriberQueues } from './queues.ts';

/** The bus, and an archive from which every event of the last weeks can be replayed. */
export function createBus({ names }: Stage): sst.aws.Bus {
  const bus = new sst.aws.Bus('Events', { transform: { bus: { name: names.bus } } });
  new aws.cloudwatch.EventArchive('EventsArchive', {
    name: names.bus,
    description: 'Every payment event, for replays',
    eventSourceArn: bus.arn,
    eventPattern: JSON.stringify({ source: [topology.bus.source] }),
    retentionDays: topology.archiveRetentionDays,
  });
  return bus;
}

/**
 * One rule per subscription, from the bus into the subscriber's queue. What cannot be delivered goes to the delivery DLQ.
 *
 * Not SST's `bus.subscribeQueue`: its queue policy lets any rule, topic or bucket of any account send.
 */
export function createRules(
  stage: Stage,
  bus: sst.aws.Bus,
  queues: Queues,
): readonly aws.cloudwatch.EventRule[] {
  const { deliveryDeadLetterQueue, subscribers } = queues;
  const rules = subscribers.map((each) => {
    const rule = createRule(stage, bus, each, deliveryDeadLetterQueue);
    const logical = logicalName(each.subscription.subscriber);
    allowRules(`${logical}QueuePolicy`, each.queue, [rule.arn]);
    return rule;
  });
  allowRules(
    'DeliveryDlqPolicy',
    deliveryDeadLetterQueue,
    rules.map(({ arn }) => arn),
  );
  return rules;
}

function createRule(
  { names }: Stage,
  bus: sst.aws.Bus,
  { subscription, queue }: SubscriberQueues,
  deliveryDeadLetterQueue: sst.aws.Queue,
): aws.cloudwatch.EventRule {
  const { subscriber, detailTypes } = subscription;
  const rule = new aws.cloudwatch.EventRule(`${logicalName(subscriber)}Rule`, {
    name: names.nameOf(subscription.queue),
    description: `What ${subscriber} subscribes to`,
    eventBusName: bus.name,
    eventPattern: JSON.stringify({ source: [topology.bus.source], 'detail-type': detailTypes }),
  });
  new aws.cloudwatch.EventTarget(`${logicalName(subscriber)}Target`, {
    rule: rule.name,
    eventBusName: bus.name,
    targetId: subscriber,
    arn: queue.arn,
    // EventBridge's own 24 hours of retries stay as they are.
    deadLetterConfig: { arn: deliveryDeadLetterQueue.arn },
  });
  return rule;
}

/** Only these rules of this account may send. */
function allowRules(logical: string, queue: sst.aws.Queue, ruleArns: $util.Input<string>[]): void {
  new aws.sqs.QueuePolicy(logical, {
    queueUrl: queue.url,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          actions: ['sqs:SendMessage'],
          resources: [queue.arn],
          principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
          conditions: [
            { test: 'ArnEquals', variable: 'aws:SourceArn', values: ruleArns },
            {
              test: 'StringEquals',
              variable: 'aws:SourceAccount',
              values: [aws.getCallerIdentityOutput({}).accountId],
            },
          ],
        },
      ],
    }).json,
  });
}
