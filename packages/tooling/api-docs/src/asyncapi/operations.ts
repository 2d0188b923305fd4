import type { DetailType } from '@cloudnestle/contracts/events/all';
import { topology } from '@cloudnestle/topology/topology';
import type { Subscription } from '@cloudnestle/topology/types';
import { BUS, deadLetterChannel, queueChannel, type Ref } from './channels.ts';
import { duties, eventWords } from './event-words.ts';
import { detailTypes } from './schemas.ts';

export interface Operation {
  action: 'send' | 'receive';
  title: string;
  description: string;
  channel: Ref;
  messages: readonly Ref[];
}

/** What each detail type's publishers and subscribers do. */
export function buildOperations(): Record<string, Operation> {
  const operations: Record<string, Operation> = {};
  for (const detailType of detailTypes) {
    operations[`publish${detailType}`] = buildPublishing(detailType);
  }
  for (const subscription of topology.subscriptions) {
    const { subscriber } = subscription;
    for (const detailType of subscription.detailTypes) {
      const operation = buildReceiving(subscription, detailType);
      operations[`${subscriber}Receives${detailType}`] = operation;
    }
    operations[`${subscriber}GivesUp`] = buildGivingUp(subscription);
  }
  return operations;
}

function buildPublishing(detailType: DetailType): Operation {
  return {
    action: 'send',
    title: `Publish ${detailType}`,
    description: eventWords[detailType].publishers,
    channel: { $ref: `#/channels/${BUS}` },
    messages: [messageOf(BUS, detailType)],
  };
}

function buildReceiving({ subscriber }: Subscription, detailType: DetailType): Operation {
  const channel = queueChannel(subscriber);
  return {
    action: 'receive',
    title: `${subscriber} receives ${detailType}`,
    description: `${duties[subscriber]} At least once, in any order: any number of deliveries ends in the same state.`,
    channel: { $ref: `#/channels/${channel}` },
    messages: [messageOf(channel, detailType)],
  };
}

function buildGivingUp({ subscriber }: Subscription): Operation {
  const channel = deadLetterChannel(subscriber);
  return {
    action: 'send',
    title: `${subscriber} gives up`,
    description:
      'At once on what can never succeed, else after eight attempts in about half an hour.',
    channel: { $ref: `#/channels/${channel}` },
    messages: [messageOf(channel, 'DeadLetter')],
  };
}

function messageOf(channel: string, name: string): Ref {
  return { $ref: `#/channels/${channel}/messages/${name}` };
}
