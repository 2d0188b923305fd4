import type { Resources } from '../functions/list-permissions.ts';
import type { Statement } from './statement.ts';

/**
 * What `payments` calls besides to change something: ask the gateway, keep what it says, publish again, free a mail, and
 * move dead letters back. The token secret stays out: who holds it can make anybody's token.
 */
export function listRepairing({ tables, bus, queues, secrets }: Resources): Statement[] {
  const { subscribers, deliveryDeadLetterQueue } = queues;
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
    { sid: 'PublishAgain', actions: ['events:PutEvents'], resources: [bus.arn] },
    {
      sid: 'SendBack',
      actions: ['sqs:SendMessage'],
      resources: subscribers.map(({ queue }) => queue.arn),
    },
    {
      sid: 'TakeDeadLetters',
      actions: ['sqs:DeleteMessage'],
      resources: [
        ...subscribers.map(({ deadLetterQueue }) => deadLetterQueue.arn),
        deliveryDeadLetterQueue.arn,
      ],
    },
  ];
}
