import type { Message } from '@aws-sdk/client-sqs';
import * as z from 'zod';

const attributeSchema = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  BinaryValue: z.instanceof(Uint8Array).optional(),
});

const messageSchema = z.object({
  MessageId: z.string().min(1),
  ReceiptHandle: z.string().min(1),
  Body: z.string(),
  MD5OfBody: z.string().default(''),
  MD5OfMessageAttributes: z.string().optional(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z.record(z.string(), attributeSchema).default({}),
});

/** A message as SQS promises it; the SDK's own type leaves every field open. */
export type ReceivedMessage = z.infer<typeof messageSchema>;

/** Checks what ReceiveMessage answered. Throws on a message without id, handle or body. */
export function parseMessages(messages: readonly Message[] | undefined): ReceivedMessage[] {
  return z.array(messageSchema).parse(messages ?? []);
}
