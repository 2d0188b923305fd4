import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

const DAY_SECONDS = 86_400;

export interface CreatedQueue {
  url: string;
  arn: string;
}

/** Creates a queue or brings an existing one to these attributes. */
export async function createQueue(
  sqs: SQSClient,
  name: string,
  options: {
    retentionDays: number;
    visibilityTimeoutSeconds?: number;
    redrive?: { deadLetterQueueArn: string; maxReceiveCount: number };
  },
): Promise<CreatedQueue> {
  const attributes: Partial<Record<QueueAttributeName, string>> = {
    MessageRetentionPeriod: String(options.retentionDays * DAY_SECONDS),
  };
  if (options.visibilityTimeoutSeconds !== undefined) {
    attributes.VisibilityTimeout = String(options.visibilityTimeoutSeconds);
  }
  if (options.redrive) {
    attributes.RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: options.redrive.deadLetterQueueArn,
      maxReceiveCount: options.redrive.maxReceiveCount,
    });
  }
  const url = await createOrFind(sqs, name);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes }));
  const described = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  const arn = described.Attributes?.QueueArn;
  if (!arn) throw new Error(`queue ${name} has no ARN`);
  return { url, arn };
}

/** CreateQueue without attributes answers the url of a queue that is there already, whatever its attributes (AWS). */
async function createOrFind(sqs: SQSClient, name: string): Promise<string> {
  const created = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  if (!created.QueueUrl) throw new Error(`queue ${name} has no url`);
  return created.QueueUrl;
}
