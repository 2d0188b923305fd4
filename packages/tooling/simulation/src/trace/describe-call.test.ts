import { expect, it } from 'vitest';
import { describeCall } from './describe-call.ts';

it.each([
  [
    'a write with its expressions filled in',
    {
      dependency: 'dynamo',
      operation: 'Update',
      input: {
        TableName: 'marketplace-users',
        Key: { userId: 'u1' },
        UpdateExpression: 'SET #n0 = :v0',
        ConditionExpression: 'attribute_exists(#n1)',
        ExpressionAttributeNames: { '#n0': 'subscriptionTier', '#n1': 'userId' },
        ExpressionAttributeValues: { ':v0': 'pro' },
      },
    },
    'dynamo Update marketplace-users u1 | SET subscriptionTier = "pro" | if attribute_exists(userId)',
  ],
  [
    'an event by its type and id',
    {
      dependency: 'events',
      operation: 'PutEvents',
      input: {
        Entries: [{ DetailType: 'PaymentCompleted', Detail: '{"metadata":{"eventId":"evt_1"}}' }],
      },
    },
    'events PutEvents PaymentCompleted evt_1',
  ],
  [
    'a dead letter with its reason',
    {
      dependency: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: 'https://sqs.example/0/tiers-dlq',
        MessageAttributes: { failureReason: { StringValue: 'no user row u1' } },
      },
    },
    'sqs SendMessage tiers-dlq | no user row u1',
  ],
  [
    'a question to the gateway by its path',
    {
      dependency: 'gateway',
      operation: 'GET order/status',
      input: { url: 'https://gateway.example/apis/pg/checkout/v2/order/MP-1/status?details=true' },
    },
    'gateway GET order/status /apis/pg/checkout/v2/order/MP-1/status',
  ],
])('says %s', (_what, call, expected) => {
  expect(describeCall(call)).toBe(expected);
});
