import { findTableOf } from '@cloudnestle/topology/find-table-of';
import { listSenderIdentities } from '@cloudnestle/topology/sender-identities';
import type { IndexKey } from '@cloudnestle/topology/types';
import type { Resources } from '../functions/list-permissions.ts';
import { indexArn } from '../index-arn.ts';
import { identityArn } from '../mail.ts';
import type { Statement } from './statement.ts';

/** What the command looks orders up by. */
const indexes: readonly IndexKey[] = [
  'openOrders',
  'ordersNeedingAttention',
  'ordersByDay',
  'ordersByUser',
  'ordersByGatewayOrder',
  'usersByEmail',
];

/**
 * All that `payments` calls to show something: an order's story, queues, dead letters, the report of days, and the
 * doctor's checks but for the secrets. Dead letters are seen by receiving them and giving them back.
 */
export function listLooking(
  { stage, tables, bus, queues, rules }: Resources,
  environmentSecret: aws.secretsmanager.Secret,
): Statement[] {
  const live = queues.subscribers.map(({ queue }) => queue.arn);
  const dead = [
    ...queues.subscribers.map(({ deadLetterQueue }) => deadLetterQueue.arn),
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
