import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { Stage } from './config/read-stage.ts';
import { identityArn, type Mail } from './mail.ts';
import type { OwnQueues, Queues } from './queues.ts';
import type { Secrets } from './secrets.ts';
import { indexArn, type Tables } from './tables.ts';

/** What functions may be allowed to use. */
export interface Resources {
  stage: Stage;
  tables: Tables;
  secrets: Secrets;
  /** Where the stage's names and addresses are written down. */
  environmentSecret: aws.secretsmanager.Secret;
  bus: sst.aws.Bus;
  rules: readonly aws.cloudwatch.EventRule[];
  queues: Queues;
  mail: Mail;
}

type Permission = sst.aws.FunctionPermissionArgs;

/** Exactly the calls that a function makes, on exactly what it makes them. `own` are the queues of a function that a queue feeds. */
export function listPermissions(
  definition: FunctionDefinition,
  resources: Resources,
  own: OwnQueues | undefined,
): Permission[] {
  const { bus, mail, secrets, environmentSecret } = resources;
  const secretArns = [
    ...definition.secrets.map((key) => secrets[key].arn),
    ...(definition.settings.includes('environment') ? [environmentSecret.arn] : []),
  ];
  return [
    ...listTablePermissions(definition, resources),
    ...(secretArns.length > 0
      ? [{ actions: ['secretsmanager:GetSecretValue'], resources: secretArns }]
      : []),
    ...(definition.publishes ? [{ actions: ['events:PutEvents'], resources: [bus.arn] }] : []),
    ...(definition.sendsMail ? [{ actions: ['ses:SendEmail'], resources: mail.arns }] : []),
    ...(own ? listQueuePermissions(own) : []),
    ...listLetterPermissions(definition, resources),
    ...listExaminingPermissions(definition, resources),
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
function listQueuePermissions({ queue, deadLetterQueue }: OwnQueues): Permission[] {
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

/** Counting messages everywhere, seeing dead letters by receiving them and giving them back, moving them, starting jobs. */
function listLetterPermissions(
  { letters, startsJobs = false }: FunctionDefinition,
  { queues }: Resources,
): Permission[] {
  const all = [...queues.subscribers, queues.jobs];
  const live = all.map(({ queue }) => queue.arn);
  const dead = [
    ...all.map(({ deadLetterQueue }) => deadLetterQueue.arn),
    queues.deliveryDeadLetterQueue.arn,
  ];
  return [
    ...(letters === undefined
      ? []
      : [
          { actions: ['sqs:GetQueueAttributes'], resources: [...live, ...dead] },
          { actions: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'], resources: dead },
        ]),
    ...(letters === 'move'
      ? [
          { actions: ['sqs:DeleteMessage'], resources: dead },
          // A replay sends to the live queues, what is restored goes back to the dead letters.
          { actions: ['sqs:SendMessage'], resources: [...live, ...dead] },
        ]
      : []),
    ...(startsJobs ? [{ actions: ['sqs:SendMessage'], resources: [queues.jobs.queue.arn] }] : []),
  ];
}

/** What the doctor's checks read. */
function listExaminingPermissions(
  { examines = false }: FunctionDefinition,
  { stage, tables, bus, rules }: Resources,
): Permission[] {
  if (!examines) return [];
  return [
    {
      actions: ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
      resources: Object.values(tables).map(({ arn }) => arn),
    },
    { actions: ['events:DescribeEventBus'], resources: [bus.arn] },
    { actions: ['events:ListTargetsByRule'], resources: rules.map(({ arn }) => arn) },
    {
      actions: ['ses:GetEmailIdentity'],
      resources: listSenderIdentities(stage.config.mail.from).map(identityArn),
    },
    // AWS knows no narrower resource for these.
    {
      actions: ['events:ListRules', 'ses:GetAccount', 'cloudwatch:DescribeAlarms'],
      resources: ['*'],
    },
  ];
}
