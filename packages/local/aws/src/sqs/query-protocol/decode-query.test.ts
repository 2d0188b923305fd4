import { describe, expect, it } from 'vitest';
import { decodeSqsQuery } from './decode-query.ts';

describe('a form of the SQS query protocol', () => {
  it.each([
    [
      'attributes of a new queue',
      'Action=CreateQueue&Version=2012-11-05&QueueName=q' +
        '&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5' +
        '&Attribute.2.Name=RedrivePolicy&Attribute.2.Value=%7B%22a%22%3A1%7D&Tag.1.Key=team&Tag.1.Value=a',
      {
        QueueName: 'q',
        Attributes: { DelaySeconds: '5', RedrivePolicy: '{"a":1}' },
        tags: { team: 'a' },
      },
    ],
    [
      'tags of a queue',
      'Action=TagQueue&QueueUrl=u&Tag.1.Key=team&Tag.1.Value=a',
      { QueueUrl: 'u', Tags: { team: 'a' } },
    ],
    [
      'numbers and lists of names',
      'Action=ReceiveMessage&QueueUrl=u&MaxNumberOfMessages=10&WaitTimeSeconds=0' +
        '&AttributeName.1=All&MessageAttributeName.1=a&MessageAttributeName.2=b',
      {
        QueueUrl: 'u',
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        AttributeNames: ['All'],
        MessageAttributeNames: ['a', 'b'],
      },
    ],
    [
      'batches in their order, with message attributes',
      Array.from({ length: 10 }, (_, index) => `${entry}.${10 - index}.Id=${10 - index}`).join(
        '&',
      ) +
        `&Action=SendMessageBatch&${entry}.1.DelaySeconds=3&${entry}.1.MessageBody=x` +
        `&${entry}.1.MessageAttribute.1.Name=n&${entry}.1.MessageAttribute.1.Value.DataType=String` +
        `&${entry}.1.MessageAttribute.1.Value.StringValue=v`,
      {
        Entries: [
          {
            Id: '1',
            DelaySeconds: 3,
            MessageBody: 'x',
            MessageAttributes: { n: { DataType: 'String', StringValue: 'v' } },
          },
          ...Array.from({ length: 9 }, (_, index) => ({ Id: String(index + 2) })),
        ],
      },
    ],
  ])('carries %s', (_what, form, input) => {
    expect(decodeSqsQuery(new URLSearchParams(form))).toEqual(input);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

const entry = 'SendMessageBatchRequestEntry';
