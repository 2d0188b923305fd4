import { startTestCloud } from '@cloudnestle/test-kit/cloud';
import { testEnvironment } from '@cloudnestle/test-kit/function-environment';
import { placeOrder, startTestGateway } from '@cloudnestle/test-kit/gateway';
import { sampleRow } from '@cloudnestle/test-kit/samples';
import * as z from 'zod';
import { endWithParent } from '../child-process.ts';
import {
  type Address,
  type Calls,
  type PaidOrder,
  type Question,
  questionSchema,
} from './backend-messages.ts';

/** Cloud and gateway in a process of their own: what they cost is not what is measured. */
endWithParent();
const putEventsSchema = z.object({ Entries: z.array(z.record(z.string(), z.unknown())) });
const cloud = await startTestCloud();
const gateway = await startTestGateway(cloud);
let lastEntry: Calls['lastEntry'];
cloud.cloud.intercept(({ operation, body }) => {
  if (operation === 'PutEvents') lastEntry = putEventsSchema.parse(body).Entries[0];
  return undefined;
});
process.on('message', async (sent) => process.send?.(await answer(questionSchema.parse(sent))));
const address: Address = {
  awsEndpoint: cloud.cloud.endpoint,
  awsRegion: cloud.cloud.region,
  gatewayUrl: gateway.apiUrl,
  environment: testEnvironment(cloud, 'webhook', { gatewayUrl: gateway.apiUrl }),
};
process.send?.(address);

async function answer(question: Question): Promise<PaidOrder[] | Calls> {
  if (question.ask === 'paidOrders') {
    return Promise.all(Array.from({ length: question.count }, createPaidOrder));
  }
  return {
    getItem: cloud.cloud.calls.count('dynamodb', 'GetItem'),
    orderStatus: gateway.sandbox.calls.status,
    putEvents: cloud.cloud.calls.count('events', 'PutEvents'),
    lastEntry,
  };
}

async function createPaidOrder(): Promise<PaidOrder> {
  const row = sampleRow();
  const { transactionId, merchantOrderId } = row;
  await cloud.put('transactions', row);
  await placeOrder(gateway, row);
  gateway.sandbox.finish(merchantOrderId, { outcome: 'COMPLETED' });
  const webhook = gateway.sandbox.signWebhook(merchantOrderId);
  if (!webhook) throw new Error('the sandbox does not know its order');
  const { headers, body } = webhook;
  return { transactionId, merchantOrderId, headers, body: new TextDecoder().decode(body) };
}
