import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Stage } from './config/read-stage.ts';
import type { Mail } from './mail.ts';
import type { Queues, SubscriberQueues } from './queues.ts';
import type { Secrets } from './secrets.ts';
import { indexArn, type Tables } from './tables.ts';

/** What functions may be allowed to use. */
export interface Resources {
  stage: Stage;
  tables: Tables;
  secrets: Secrets;
  bus: sst.aws.Bus;
  rules: readonly aws.cloudwatch.EventRule[];
  queues: Queues;
  mail: Mail;
}

type Permission = sst.aws.FunctionPermissionArgs;

/** Exactly the calls that a function makes, on exactly what it makes them. `own` are a subscriber's queues. */
export function listPermissions(
  definition: FunctionDefinition,
  resources: Resources,
  own: SubscriberQueues | undefined,
): Permission[] {
  const { bus, mail, secrets } = resources;
  const secretArns = definition.secrets.map((key) => secrets[key].arn);
  return [
    ...listTablePermissions(definition, resources),
    ...(secretArns.length > 0
      ? [{ actions: ['secretsmanager:GetSecretValue'], resources: secretArns }]
      : []),
    ...(definition.publishes ? [{ actions: ['events:PutEvents'], resources: [bus.arn] }] : []),
    ...(definition.sendsMail ? [{ actions: ['ses:SendEmail'], resources: mail.arns }] : []),
    ...(own ? listQueuePermissions(own) : []),
  ];
}

/** Its log group is there before it; Lambda names the streams in it, so the last part cannot be said. */
export function allowLogs(logGroup: string): Permission {
  const { region } = aws.getRegionOutput({});
  const { accountId } = aws.getCallerIdentityOutput({});
  return {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [
      $interpolate`arn:aws:logs:${region}:${accountId}:log-group:${logGroup}:log-stream:*`,
    ],
  };
}

function listTablePermissions(
  { tables: accesses }: FunctionDefinition,
  { stage, tables }: Resources,
): Permission[] {
  return accesses.flatMap(({ table, actions, queries = [] }) => [
    ...(actions.length > 0
      ? [{ actions: actions.map((action) => `dynamodb:${action}`), resources: [tables[table].arn] }]
      : []),
    ...(queries.length > 0
      ? [
          {
            actions: ['dynamodb:Query'],
            resources: queries.map((index) => indexArn(stage, tables[table], index)),
          },
        ]
      : []),
  ]);
}

/** What the event source mapping does with the function's role, and what the function does itself. */
function listQueuePermissions({ queue, deadLetterQueue }: SubscriberQueues): Permission[] {
  return [
    {
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      resources: [queue.arn],
    },
    { actions: ['sqs:SendMessage'], resources: [deadLetterQueue.arn] },
  ];
}
