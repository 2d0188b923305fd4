import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { EnvironmentSecret } from '@cloudnestle/contracts/secrets/environment';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import type { Subscription } from '@cloudnestle/topology/types';
import { nameInUrl } from '../../queues/stage-queues.ts';
import { type Check, judge } from '../check.ts';
import type { KnownQueue } from '../queues/known-queue.ts';
import type { ReadQueue } from '../queues/read-queue.ts';
import { share } from '../share.ts';
import { judgeRules } from './judge-rules.ts';
import { hasBus, readRules } from './read-bus.ts';

/** The bus, and what leads from it to every subscriber's queue. */
export function checkBus(
  stage: EnvironmentSecret,
  events: EventBridgeClient,
  readQueue: ReadQueue,
): Check[] {
  const bus = stage.eventBusName;
  const rulesOf = share((name) => readRules(events, name));
  /** A queue that is not there has its own check; its rule is judged by the name alone. */
  const know = async (url: string): Promise<KnownQueue> => {
    const facts = await readQueue(url).catch(() => undefined);
    return { name: nameInUrl(url), arn: facts?.QueueArn };
  };
  const checkRule = ({ subscriber, detailTypes, queue }: Subscription): Check => {
    const url = stage.queues[subscriber]?.url ?? queue;
    return {
      check: 'rules',
      subject: `to ${nameInUrl(url)}`,
      asks: 'events:ListRules and events:ListTargetsByRule',
      look: async () =>
        judgeRules(await rulesOf(bus), {
          bus,
          detailTypes,
          queue: await know(url),
          delivery: await know(stage.deliveryDeadLetterUrl),
        }),
    };
  };
  return [
    {
      check: 'bus',
      subject: bus,
      asks: 'events:DescribeEventBus',
      look: async () =>
        judge(
          (await hasBus(events, bus)) ? [] : ['there is no such bus: deploy the stage again'],
          'is there',
        ),
    },
    ...subscriptions.map(checkRule),
  ];
}
