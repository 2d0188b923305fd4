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

/** SQS calls the numbers approximate; locally they are exact. */
export interface MessageCounts {
  /** Can be received now. */
  visible: number;
  /** Delayed, being worked on, or left alone until a retry's time has come. */
  hidden: number;
}

export async function readCounts(sqs: SQSClient, queueUrl: string): Promise<MessageCounts> {
  const { Attributes: read = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...counts] }),
  );
  const [visible = 0, ...others] = counts.map((name) => Number(read[name] ?? 0));
  return { visible, hidden: others.reduce((sum, count) => sum + count, 0) };
}

/** Messages waiting, delayed or being worked on. */
export async function countMessages(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { visible, hidden } = await readCounts(sqs, queueUrl);
  return visible + hidden;
}

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;
