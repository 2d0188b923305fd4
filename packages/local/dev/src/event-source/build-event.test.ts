import { expect, test } from 'vitest';
import { buildSqsEvent } from './build-event.ts';
import { parseMessages } from './message.ts';

const arn = 'arn:aws:sqs:us-east-1:000000000000:marketplace-payments-tiers';

test('a record carries what Lambda puts into it, attributes of the sender included', () => {
  const messages = parseMessages([
    {
      MessageId: 'id-1',
      ReceiptHandle: 'handle-1',
      Body: '{}',
      MD5OfBody: 'md5',
      MD5OfMessageAttributes: 'md5-attributes',
      Attributes: {
        ApproximateReceiveCount: '2',
        SentTimestamp: '1732356000000',
        SenderId: 'sender',
        ApproximateFirstReceiveTimestamp: '1732356000005',
        DeadLetterQueueSourceArn: 'arn:dlq',
      },
      MessageAttributes: {
        replayedBy: { DataType: 'String', StringValue: 'ops' },
        photo: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
      },
    },
  ]);

  expect(buildSqsEvent(messages, arn)).toEqual({
    Records: [
      {
        messageId: 'id-1',
        receiptHandle: 'handle-1',
        body: '{}',
        attributes: {
          ApproximateReceiveCount: '2',
          SentTimestamp: '1732356000000',
          SenderId: 'sender',
          ApproximateFirstReceiveTimestamp: '1732356000005',
          DeadLetterQueueSourceArn: 'arn:dlq',
        },
        messageAttributes: {
          replayedBy: {
            stringValue: 'ops',
            stringListValues: [],
            binaryListValues: [],
            dataType: 'String',
          },
          photo: {
            binaryValue: 'AQID',
            stringListValues: [],
            binaryListValues: [],
            dataType: 'Binary',
          },
        },
        md5OfBody: 'md5',
        md5OfMessageAttributes: 'md5-attributes',
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: 'us-east-1',
      },
    ],
  });
});

test('a message without id, handle or body is no message', () => {
  expect(() => parseMessages([{ MessageId: 'id-1', Body: '{}' }])).toThrow(/ReceiptHandle/);
});
