import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The queue's ARN, which Lambda writes into every record. */
export async function readQueueArn(sqs: SQSClient, queueUrl: string): Promise<string> {
  const answer = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  const arn = answer.Attributes?.QueueArn;
  if (!arn) throw new Error(`queue ${queueUrl} has no ARN`);
  return arn;
}

/** Messages waiting, delayed or being worked on. SQS calls the numbers approximate; locally they are exact. */
export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<number> {
  const answer = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...counts] }),
  );
  return counts.reduce((sum, name) => sum + Number(answer.Attributes?.[name] ?? 0), 0);
}

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;
