import * as z from 'zod';

/**
 * The input of ChangeMessageVisibilityBatch that makes received messages visible again, or
 * undefined if the answer of ReceiveMessage holds none.
 */
export function buildReturnInput(receiveInput: unknown, receiveAnswer: string): object | undefined {
  const { QueueUrl } = queueInput.parse(receiveInput);
  const { Messages = [] } = receivedAnswer.parse(JSON.parse(receiveAnswer));
  if (Messages.length === 0) return undefined;
  return {
    QueueUrl,
    Entries: Messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    })),
  };
}

const queueInput = z.object({ QueueUrl: z.string() });

const receivedAnswer = z.object({
  Messages: z.array(z.object({ ReceiptHandle: z.string() })).optional(),
});
