import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createBareStatus } from '../gateway/bare-status.ts';
import type { Address, PaidOrder } from './backend-messages.ts';

/** The least a webhook's work can be: the row, the gateway's status, the event, one after the other and nothing between. */
export async function createBareCalls(
  address: Address,
  entry: PutEventsRequestEntry,
): Promise<(order: PaidOrder) => Promise<void>> {
  const { gatewayUrl, environment } = address;
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const events = new EventBridgeClient({});
  const askStatus = await createBareStatus(gatewayUrl);
  return async ({ transactionId, merchantOrderId }) => {
    await documents.send(
      new GetCommand({
        TableName: environment.TRANSACTIONS_TABLE,
        Key: { transactionId },
        ConsistentRead: true,
      }),
    );
    await askStatus(merchantOrderId);
    await events.send(new PutEventsCommand({ Entries: [entry] }));
  };
}
