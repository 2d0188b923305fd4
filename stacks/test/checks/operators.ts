import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import { findTableOf } from '@cloudnestle/topology/tables';
import { topology } from '@cloudnestle/topology/topology';
import * as z from 'zod';
import type { Stage } from '../../config/read-stage.ts';
import { buildFacts } from '../../environment.ts';
import { hasTerminal, nameAdminPool } from './admins.ts';
import { listGrants } from './permissions.ts';
import { type Check, findDifferences, readResources, statementsSchema, types } from './read.ts';

/** AWS takes no longer policy. */
const LONGEST_POLICY = 6144;

const policySchema = z.object({ name: z.string(), policy: z.string() });

/**
 * People who look read and count, and never the gateway's credentials; people who repair have a second policy for what the
 * command calls besides.
 */
export const checkOperators: Check = (graph, stage) => {
  const found = readResources(graph, types.policy, policySchema).map(({ inputs }) => inputs);
  const nameOf = (does: string) => stage.names.nameOf(`marketplace-payments-operators-${does}`);
  const looking = listLookingGrants(stage);
  const wanted = [
    { name: nameOf('look'), grants: looking },
    { name: nameOf('repair'), grants: listRepairingGrants(stage) },
  ];
  return [
    ...findDifferences('the stage', {
      found: found.map(({ name }) => name),
      wanted: wanted.map(({ name }) => name),
    }),
    ...found
      .filter(({ policy }) => policy.length > LONGEST_POLICY)
      .map(({ name, policy }) => `${name} is ${policy.length} characters long, which AWS refuses`),
    ...wanted.flatMap(({ name, grants }) => {
      const policy = found.find((each) => each.name === name)?.policy ?? '{"Statement":[]}';
      return findDifferences(name, {
        found: listGrants(statementsSchema.parse(policy)),
        wanted: grants,
      });
    }),
  ];
};

/** What `payments` calls to show things. */
function listLookingGrants(stage: Stage): string[] {
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
    'refundsByOrder',
    'openRefunds',
    'refundsByDay',
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
    `dynamodb:Query on table/${facts.tableNames.invoices}`,
    ...['PutItem', 'DeleteItem'].map(
      (action) => `dynamodb:${action} on table/${facts.tableNames.operations} of walk#*`,
    ),
    ...[...live, ...dead].map((name) => `sqs:GetQueueAttributes on ${name}`),
    ...dead.flatMap((name) => [
      `sqs:ReceiveMessage on ${name}`,
      `sqs:ChangeMessageVisibility on ${name}`,
    ]),
    `events:DescribeEventBus on event-bus/${names.bus}`,
    ...topology.subscriptions.map(
      ({ queue }) => `events:ListTargetsByRule on rule/${names.bus}/${names.nameOf(queue)}`,
    ),
    ...listSenderIdentities(config.mail.from).map(
      (each) => `ses:GetEmailIdentity on identity/${each}`,
    ),
    'events:ListRules on *',
    'ses:GetAccount on *',
  ];
}

/** What `payments` calls besides to change things. */
function listRepairingGrants(stage: Stage): string[] {
  const { tableNames, indexNames, secretNames } = buildFacts(stage, []);
  const { live, dead } = listQueues(stage);
  return [
    `secretsmanager:GetSecretValue on secret:${secretNames.gatewayCredentials}`,
    `dynamodb:UpdateItem on table/${tableNames.transactions}`,
    `dynamodb:UpdateItem on table/${tableNames.notifications}`,
    `dynamodb:PutItem on table/${tableNames.refunds}`,
    `dynamodb:UpdateItem on table/${tableNames.refunds}`,
    `dynamodb:PutItem on table/${tableNames.operations}`,
    `dynamodb:UpdateItem on table/${tableNames.operations}`,
    `dynamodb:Query on table/${tableNames.operations}`,
    `dynamodb:DeleteItem on table/${tableNames.operations}`,
    `dynamodb:Query on table/${tableNames.operations}/index/${indexNames.operationsByTime}`,
    `events:PutEvents on event-bus/${stage.names.bus}`,
    ...[...live, ...dead].map((name) => `sqs:SendMessage on ${name}`),
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
  const works = [...topology.subscriptions, topology.jobQueue];
  return {
    live: works.map(({ queue }) => names.nameOf(queue)),
    dead: [
      ...works.map(({ deadLetterQueue }) => names.nameOf(deadLetterQueue)),
      names.nameOf(topology.deliveryDeadLetterQueue),
    ],
  };
}
