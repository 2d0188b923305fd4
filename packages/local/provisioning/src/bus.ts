import {
  CreateEventBusCommand,
  type EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-eventbridge';
import type { Subscription } from '@cloudnestle/topology/types';

export async function createBus(events: EventBridgeClient, name: string): Promise<void> {
  try {
    await events.send(new CreateEventBusCommand({ Name: name }));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}

/** One rule per subscriber, from its subscription, into its own queue; what cannot be delivered goes to the delivery DLQ. */
export async function createRule(
  events: EventBridgeClient,
  busName: string,
  source: string,
  subscription: Subscription,
  arns: { queue: string; deliveryDeadLetterQueue: string },
): Promise<void> {
  const rule = subscription.queue;
  await events.send(
    new PutRuleCommand({
      Name: rule,
      EventBusName: busName,
      State: 'ENABLED',
      EventPattern: JSON.stringify({
        source: [source],
        'detail-type': subscription.detailTypes,
      }),
    }),
  );
  const answer = await events.send(
    new PutTargetsCommand({
      Rule: rule,
      EventBusName: busName,
      Targets: [
        {
          Id: subscription.subscriber,
          Arn: arns.queue,
          DeadLetterConfig: { Arn: arns.deliveryDeadLetterQueue },
        },
      ],
    }),
  );
  if (answer.FailedEntryCount) {
    throw new Error(`rule ${rule}: ${answer.FailedEntries?.[0]?.ErrorCode ?? 'target refused'}`);
  }
}
