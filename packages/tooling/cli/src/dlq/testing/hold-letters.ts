import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Receives so many letters, ten at most, and keeps them until they are given back. */
export async function holdLetters(
  sqs: SQSClient,
  QueueUrl: string,
  MaxNumberOfMessages: number,
): Promise<() => Promise<void>> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, VisibilityTimeout: 600 }),
  );
  return async () => {
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
  };
}
