import * as z from 'zod';
import { readerOf } from '../inputs.ts';
import { sqsError } from './errors.ts';
import { attributesSchema } from './message.ts';

const queue = { QueueUrl: z.string().min(1) };
const seconds = (most: number) => z.int().min(0).max(most);
const sending = {
  MessageBody: z.string(),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: attributesSchema.default({}),
};
const names = z.array(z.string()).default([]);
/** Every message is checked alone, so that one bad entry does not fail the others. */
const entries = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.strictObject({ Id: z.string(), ...shape }));

const refuse = (problem: string) => sqsError('InvalidParameterValue', problem);

export const inputs = {
  SendMessageCommand: readerOf(
    'SendMessageCommand',
    z.strictObject({ ...queue, ...sending }),
    refuse,
  ),
  SendMessageBatchCommand: readerOf(
    'SendMessageBatchCommand',
    z.strictObject({
      ...queue,
      Entries: entries({ ...sending, DelaySeconds: z.int().optional() }),
    }),
    refuse,
  ),
  ReceiveMessageCommand: readerOf(
    'ReceiveMessageCommand',
    z.strictObject({
      ...queue,
      MaxNumberOfMessages: z.int().min(1).max(10).default(1),
      VisibilityTimeout: seconds(43_200).optional(),
      WaitTimeSeconds: seconds(20).optional(),
      AttributeNames: names,
      MessageSystemAttributeNames: names,
      MessageAttributeNames: names,
    }),
    refuse,
  ),
  DeleteMessageCommand: readerOf(
    'DeleteMessageCommand',
    z.strictObject({ ...queue, ReceiptHandle: z.string() }),
    refuse,
  ),
  DeleteMessageBatchCommand: readerOf(
    'DeleteMessageBatchCommand',
    z.strictObject({ ...queue, Entries: entries({ ReceiptHandle: z.string() }) }),
    refuse,
  ),
  ChangeMessageVisibilityCommand: readerOf(
    'ChangeMessageVisibilityCommand',
    z.strictObject({ ...queue, ReceiptHandle: z.string(), VisibilityTimeout: seconds(43_200) }),
    refuse,
  ),
  ChangeMessageVisibilityBatchCommand: readerOf(
    'ChangeMessageVisibilityBatchCommand',
    z.strictObject({
      ...queue,
      Entries: entries({ ReceiptHandle: z.string(), VisibilityTimeout: z.int() }),
    }),
    refuse,
  ),
  GetQueueAttributesCommand: readerOf(
    'GetQueueAttributesCommand',
    z.strictObject({ ...queue, AttributeNames: names }),
    refuse,
  ),
  GetQueueUrlCommand: readerOf(
    'GetQueueUrlCommand',
    z.strictObject({ QueueName: z.string().min(1) }),
    refuse,
  ),
  PurgeQueueCommand: readerOf('PurgeQueueCommand', z.strictObject(queue), refuse),
};
