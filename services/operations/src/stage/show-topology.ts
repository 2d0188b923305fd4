import type { TopologyResponse } from '@cloudnestle/contracts/admin/topology';
import { DELIVERY } from '@cloudnestle/operations/letters/stage-queues';
import { subscriberNames, subscribers } from '@cloudnestle/topology/subscribers';
import { topology } from '@cloudnestle/topology/topology';
import { type Answer, answerTagged } from '../api/call.ts';
import type { Desk } from '../desk/connect-desk.ts';
import { effects } from './effects.ts';

/** `GET topology`: bus, rules, queues, subscribers and their effects, under the names of this stage. */
export const answerTopology: Answer = async (call) =>
  answerTagged(call, describeTopology(call.desk));

function describeTopology({ stage }: Desk): Omit<TopologyResponse, 'success'> {
  const { subscriptions, jobQueue, bus, schedules } = topology;
  const nameOf = (url: string | undefined, name: string) => url?.split('/').at(-1) ?? name;
  const ofQueue = (name: string, queue: { queue: string; deadLetterQueue: string }) => ({
    name,
    queue: nameOf(stage.queues[name]?.url, queue.queue),
    deadLetterQueue: nameOf(stage.queues[name]?.deadLetterUrl, queue.deadLetterQueue),
  });
  return {
    bus: { name: stage.eventBusName, source: bus.source },
    rules: subscriptions.map(({ subscriber, queue, detailTypes }) => ({
      name: nameOf(stage.queues[subscriber]?.url, queue),
      subscriber,
      detailTypes: [...detailTypes],
    })),
    queues: [
      ...subscriptions.map((subscription) => ofQueue(subscription.subscriber, subscription)),
      ofQueue(jobQueue.function, jobQueue),
      {
        name: DELIVERY,
        deadLetterQueue: nameOf(stage.deliveryDeadLetterUrl, topology.deliveryDeadLetterQueue),
      },
    ],
    subscribers: subscriberNames.map((name) => ({
      name,
      duty: subscribers[name].duty,
      hears: [...subscribers[name].hears],
      effects: effects[name].map((effect) => ({ ...effect, table: stage.tables[effect.table] })),
    })),
    schedules: schedules.map((schedule) => ({ ...schedule })),
  };
}
