import * as http from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { sandboxCredentials } from '@cloudnestle/test-kit/gateway';
import * as z from 'zod';
import type { Address, PaidOrder } from './backend-messages.ts';

/** The least a webhook's work can be: the row, the gateway's status, the event, one after the other and nothing between. */
export async function createBareCalls(
  address: Address,
  entry: PutEventsRequestEntry,
): Promise<(order: PaidOrder) => Promise<void>> {
  const { gatewayUrl, environment } = address;
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const events = new EventBridgeClient({});
  const agent = new http.Agent({ keepAlive: true });
  const authorization = `O-Bearer ${await fetchToken(gatewayUrl)}`;
  return async ({ transactionId, merchantOrderId }) => {
    await documents.send(
      new GetCommand({
        TableName: environment.TRANSACTIONS_TABLE,
        Key: { transactionId },
        ConsistentRead: true,
      }),
    );
    const path = `/checkout/v2/order/${merchantOrderId}/status?details=true&errorContext=true`;
    await get(`${gatewayUrl}${path}`, agent, { authorization });
    await events.send(new PutEventsCommand({ Entries: [entry] }));
  };
}

function get(url: string, agent: http.Agent, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`the gateway answered ${answer.statusCode}`));
      });
    });
    request.once('error', reject);
  });
}

async function fetchToken(gatewayUrl: string): Promise<string> {
  const { clientId, clientSecret, clientVersion } = sandboxCredentials;
  const answer = await fetch(`${gatewayUrl}/v1/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      client_version: clientVersion,
      grant_type: 'client_credentials',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await answer.json()).access_token;
}
