import { WALK_KEY } from '@cloudnestle/contracts/items/operation';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { findTableOf } from '@cloudnestle/topology/tables';
import { terminalSignIn } from '@cloudnestle/topology/terminal-sign-in';
import type { IndexKey } from '@cloudnestle/topology/types';
import type { Admins } from './admins.ts';
import type { Stage } from './config/read-stage.ts';
import { identityArn } from './mail.ts';
import type { Resources } from './permissions.ts';
import { indexArn } from './tables.ts';

interface OperatorPolicies {
  look: aws.iam.Policy;
  repair: aws.iam.Policy;
}

/**
 * Two policies for people, attached by hand to the roles that they sign in with: one for those who look, and both for those
 * who repair. In one they would be longer than AWS takes.
 * Looking reads no gateway credentials, so the screens then say that the gateway was not asked.
 */
export function createOperatorPolicies(
  stage: Stage,
  resources: Resources,
  environmentSecret: aws.secretsmanager.Secret,
  admins: Admins,
): OperatorPolicies {
  const looking = listLooking(resources, environmentSecret);
  return {
    look: createPolicy(stage, 'Look', 'See payments, queues and dead letters', looking),
    repair: createPolicy(
      stage,
      'Repair',
      'Beside looking: repair payments, and replay dead letters',
      [...listRepairing(resources), ...listSigningIn(admins)],
    ),
  };
}

function createPolicy(
  { names }: Stage,
  does: 'Look' | 'Repair',
  description: string,
  statements: Statement[],
): aws.iam.Policy {
  return new aws.iam.Policy(`Operators${does}`, {
    name: names.nameOf(`marketplace-payments-operators-${does.toLowerCase()}`),
    description,
    policy: aws.iam.getPolicyDocumentOutput({ statements }).json,
  });
}

/** What the command looks orders up by. */
const indexes: readonly IndexKey[] = [
  'openOrders',
  'ordersNeedingAttention',
  'ordersByDay',
  'ordersByUser',
  'ordersByGatewayOrder',
  'usersByEmail',
  'refundsByOrder',
  'openRefunds',
  'refundsByDay',
];

/**
 * All that `payments` calls to show something: an order's story, queues, dead letters, the report of days, and the
 * doctor's checks but for the secrets. Dead letters are seen by receiving them and giving them back.
 */
function listLooking(
  { stage, tables, bus, queues, rules }: Resources,
  environmentSecret: aws.secretsmanager.Secret,
): Statement[] {
  const all = [...queues.subscribers, queues.jobs];
  const live = all.map(({ queue }) => queue.arn);
  const dead = [
    ...all.map(({ deadLetterQueue }) => deadLetterQueue.arn),
    queues.deliveryDeadLetterQueue.arn,
  ];
  const tableArns = Object.values(tables).map(({ arn }) => arn);
  return [
    {
      sid: 'ReadNamesAndAddresses',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [environmentSecret.arn],
    },
    {
      sid: 'ReadTables',
      actions: ['dynamodb:GetItem', 'dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
      resources: tableArns,
    },
    {
      sid: 'FindOrders',
      actions: ['dynamodb:Query'],
      resources: indexes.map((index) => indexArn(stage, tables[findTableOf(index)], index)),
    },
    { sid: 'ReadBooks', actions: ['dynamodb:Query'], resources: [tables.invoices.arn] },
    {
      sid: 'CountMessages',
      actions: ['sqs:GetQueueAttributes'],
      resources: [...live, ...dead],
    },
    {
      sid: 'SeeDeadLetters',
      actions: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'],
      resources: dead,
    },
    {
      // Seeing hides letters from others, so an operator who looks says so first; nothing else of that table is theirs to write.
      sid: 'SayWhoLooks',
      actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
      resources: [tables.operations.arn],
      conditions: [
        {
          test: 'ForAllValues:StringLike',
          variable: 'dynamodb:LeadingKeys',
          values: [`${WALK_KEY}*`],
        },
      ],
    },
    { sid: 'SeeBus', actions: ['events:DescribeEventBus'], resources: [bus.arn] },
    {
      sid: 'SeeRules',
      actions: ['events:ListTargetsByRule'],
      resources: rules.map(({ arn }) => arn),
    },
    {
      sid: 'SeeSender',
      actions: ['ses:GetEmailIdentity'],
      resources: listSenderIdentities(stage.config.mail.from).map(identityArn),
    },
    // AWS knows no narrower resource for these two.
    { sid: 'SeeAccount', actions: ['events:ListRules', 'ses:GetAccount'], resources: ['*'] },
  ];
}

/**
 * What `payments` calls besides to change something: ask the gateway, keep what it says, publish again, free a mail, and
 * move dead letters back, or throw them away and restore them. The token secret stays out: who holds it can make every user's token.
 */
function listRepairing({ stage, tables, bus, queues, secrets }: Resources): Statement[] {
  const all = [...queues.subscribers, queues.jobs];
  const dead = [
    ...all.map(({ deadLetterQueue }) => deadLetterQueue.arn),
    queues.deliveryDeadLetterQueue.arn,
  ];
  return [
    {
      sid: 'AskTheGateway',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secrets.gatewayCredentials.arn],
    },
    {
      sid: 'KeepWhatIsTrue',
      actions: ['dynamodb:UpdateItem'],
      resources: [tables.transactions.arn, tables.notifications.arn],
    },
    {
      sid: 'PayBack',
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [tables.refunds.arn],
    },
    {
      sid: 'KeepWhoDidWhat',
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [tables.operations.arn],
    },
    {
      // Letters that were discarded, until they are restored.
      sid: 'Restore',
      actions: ['dynamodb:Query', 'dynamodb:DeleteItem'],
      resources: [tables.operations.arn],
    },
    {
      sid: 'FindKept',
      actions: ['dynamodb:Query'],
      resources: [indexArn(stage, tables.operations, 'operationsByTime')],
    },
    { sid: 'PublishAgain', actions: ['events:PutEvents'], resources: [bus.arn] },
    {
      sid: 'SendBack',
      actions: ['sqs:SendMessage'],
      resources: [...all.map(({ queue }) => queue.arn), ...dead],
    },
    {
      sid: 'TakeDeadLetters',
      actions: ['sqs:DeleteMessage'],
      resources: dead,
    },
  ];
}

/** What `payments token` calls, so that an admin gets a token in a terminal. It still takes that admin's password. */
function listSigningIn({ terminal }: Admins): Statement[] {
  if (terminal === undefined) return [];
  return [
    {
      sid: 'SignInAsAdmin',
      actions: [...terminalSignIn.actions],
      resources: [terminal.userPoolArn],
    },
  ];
}

/** What some calls are allowed on. */
interface Statement {
  sid: string;
  actions: string[];
  resources: $util.Input<string>[];
  conditions?: { test: string; variable: string; values: string[] }[];
}
