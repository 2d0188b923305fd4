import { info } from '../info.ts';
import { toJsonSchemas } from '../to-json-schemas.ts';
import { buildChannels } from './channels.ts';
import { buildMessages } from './messages.ts';
import { buildOperations } from './operations.ts';
import { eventSchemas } from './schemas.ts';

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
