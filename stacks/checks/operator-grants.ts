import { findTableOf } from '@cloudnestle/topology/find-table-of';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { topology } from '@cloudnestle/topology/topology';
import { buildFacts } from '../build-facts.ts';
import type { Stage } from '../config/read-stage.ts';
import { hasTerminal, nameAdminPool } from './read/admin-pool.ts';

/** What `payments` calls to show things. */
export function listLookingGrants(stage: Stage): string[] {
  const { names, config } = stage;
  const facts = buildFacts(stage, []);
  const { live, dead } = listQueues(stage);
  const indexes = [
    'openOrders',
    'ordersNeedingAttention',
    'ordersByDay',
    'ordersByUser',
    'ordersByGatewayOrder',
    'usersByEmail',
  ] as const;
  return [
    `secretsmanager:GetSecretValue on secret:${names.environmentSecret}`,
    ...Object.values(facts.tableNames).flatMap((name) =>
      ['GetItem', 'DescribeTable', 'DescribeContinuousBackups'].map(
        (action) => `dynamodb:${action} on table/${name}`,
      ),
    ),
    ...indexes.map(
      (index) =>
        `dynamodb:Query on table/${facts.tableNames[findTableOf(index)]}/index/${facts.indexNames[index]}`,
    ),
    ...[...live, ...dead].map((name) => `sqs:GetQueueAttributes on ${name}`),
    ...dead.flatMap((name) => [
      `sqs:ReceiveMessage on ${name}`,
      `sqs:ChangeMessageVisibility on ${name}`,
    ]),
    `events:DescribeEventBus on event-bus/${names.bus}`,
    ...live.map((name) => `events:ListTargetsByRule on rule/${names.bus}/${name}`),
    ...listSenderIdentities(config.mail.from).map(
      (each) => `ses:GetEmailIdentity on identity/${each}`,
    ),
    'events:ListRules on *',
    'ses:GetAccount on *',
  ];
}

/** What `payments` calls besides to change things. */
export function listRepairingGrants(stage: Stage): string[] {
  const { tableNames, secretNames } = buildFacts(stage, []);
  const { live, dead } = listQueues(stage);
  return [
    `secretsmanager:GetSecretValue on secret:${secretNames.gatewayCredentials}`,
    `dynamodb:UpdateItem on table/${tableNames.transactions}`,
    `dynamodb:UpdateItem on table/${tableNames.notifications}`,
    `events:PutEvents on event-bus/${stage.names.bus}`,
    ...live.map((name) => `sqs:SendMessage on ${name}`),
    ...dead.map((name) => `sqs:DeleteMessage on ${name}`),
    ...listSigningInGrants(stage),
  ];
}

/** What a token for a terminal takes, on the admins' own pool. */
function listSigningInGrants(stage: Stage): string[] {
  if (!hasTerminal(stage)) return [];
  return ['cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminRespondToAuthChallenge'].map(
    (action) => `${action} on userpool/${nameAdminPool(stage)}`,
  );
}

function listQueues({ names }: Stage): { live: string[]; dead: string[] } {
  return {
    live: topology.subscriptions.map(({ queue }) => names.nameOf(queue)),
    dead: [
      ...topology.subscriptions.map(({ deadLetterQueue }) => names.nameOf(deadLetterQueue)),
      names.nameOf(topology.deliveryDeadLetterQueue),
    ],
  };
}
