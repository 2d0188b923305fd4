import type { DetailType } from '@cloudnestle/contracts/events/all';
import { subscribers } from '@cloudnestle/topology/subscribers';
import { topology } from '@cloudnestle/topology/topology';
import type { Subscription } from '@cloudnestle/topology/types';
import { info } from '../info.ts';
import { type Ref, toJsonSchemas } from '../to-json-schemas.ts';
import { BUS, buildChannels, deadLetterChannel, queueChannel } from './channels.ts';
import { eventWords } from './event-words.ts';
import { buildMessages, detailTypes, eventSchemas } from './messages.ts';

const description = `
One event per fact, and independent subscribers, each with a queue and a dead-letter queue of its own. Every detail is
\`{ metadata, data }\`; \`data\` carries all that a subscriber needs, from our own row.

**Versions.** A detail type only ever gains optional fields: ignore what you do not know. What breaks is a new detail type
beside the old one, until queues and archive have drained.

**A new subscriber** makes a rule for its detail types, a queue and a dead-letter queue, and counts on nothing but that each
event arrives at least once, in any order. \`metadata.eventId\` tells the same fact.
`.trim();

/** The events as AsyncAPI 3: the topology's bus and queues with the contracts' details. */
export function buildAsyncApi() {
  const variables = { region: { default: 'ap-south-1', description: "The stage's region." } };
  const security = [{ $ref: '#/components/securitySchemes/iam' }];
  return {
    asyncapi: '3.0.0',
    info: { ...info, title: `${info.title}: events`, description },
    defaultContentType: 'application/json',
    servers: {
      eventBridge: {
        host: 'events.{region}.amazonaws.com',
        protocol: 'https',
        description: 'EventBridge, through the AWS SDK.',
        variables,
        security,
      },
      sqs: {
        host: 'sqs.{region}.amazonaws.com',
        protocol: 'sqs',
        description: "The subscribers' queues.",
        variables,
        security,
      },
    },
    channels: buildChannels(),
    operations: buildOperations(),
    components: {
      securitySchemes: {
        iam: {
          type: 'http',
          scheme: 'AWS4-HMAC-SHA256',
          description: 'Requests signed by the SDK; IAM says who may do what.',
        },
      },
      messages: buildMessages(),
      // AsyncAPI's own schema language is a superset of draft 7.
      schemas: toJsonSchemas(eventSchemas, { io: 'input', dialect: 'draft-7' }),
    },
  };
}
export type AsyncApiDocument = ReturnType<typeof buildAsyncApi>;

interface Operation {
  action: 'send' | 'receive';
  title: string;
  description: string;
  channel: Ref;
  messages: readonly Ref[];
}

/** What each detail type's publishers and subscribers do. */
function buildOperations(): Record<string, Operation> {
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
    description: `${subscribers[subscriber].duty} At least once, in any order: any number of deliveries ends in the same state.`,
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
