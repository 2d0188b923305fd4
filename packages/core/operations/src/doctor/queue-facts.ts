import { GetQueueAttributesCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs';
import { jsonVariable } from '@cloudnestle/runtime/config';
import { type KnownQueue, nameIn } from '@cloudnestle/topology/judge/problem';
import type { SeenQueue } from '@cloudnestle/topology/judge/queue';
import * as z from 'zod';
import { deadline, share } from './check.ts';

const whole = z.coerce.number().int();
/** An attribute that was set to nothing counts as none. */
const optionalText = z
  .string()
  .optional()
  .transform((text) => text || undefined);

const attributesSchema = z.object({
  QueueArn: z.string().min(1),
  VisibilityTimeout: whole,
  MessageRetentionPeriod: whole,
  ApproximateNumberOfMessages: whole,
  ApproximateNumberOfMessagesNotVisible: whole,
  ApproximateNumberOfMessagesDelayed: whole,
  RedrivePolicy: optionalText.pipe(
    jsonVariable(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: whole })).optional(),
  ),
  Policy: optionalText,
});

/** A queue as SQS describes it. */
export type QueueFacts = z.infer<typeof attributesSchema>;

/** Asks for a queue by its url; undefined where there is none. One call per queue, however many ask. */
export type ReadQueue = (url: string) => Promise<QueueFacts | undefined>;

export const READS_QUEUES = 'sqs:GetQueueAttributes';

export function createQueueReader(sqs: SQSClient): ReadQueue {
  return share(async (QueueUrl) => {
    const question = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    try {
      const answer = await sqs.send(question, deadline());
      return attributesSchema.parse(answer.Attributes);
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return undefined;
      throw error;
    }
  });
}

/** Messages in a queue, received ones included; approximately, as SQS counts. */
export function countAll(facts: QueueFacts): number {
  return (
    facts.ApproximateNumberOfMessages +
    facts.ApproximateNumberOfMessagesNotVisible +
    facts.ApproximateNumberOfMessagesDelayed
  );
}

/** A queue's facts for the judge of queues. */
export function toSeenQueue(facts: QueueFacts): SeenQueue {
  const { VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy } = facts;
  return {
    visibilityTimeoutSeconds: VisibilityTimeout,
    retentionSeconds: MessageRetentionPeriod,
    redrive: RedrivePolicy && {
      deadLetterArn: RedrivePolicy.deadLetterTargetArn,
      maxReceiveCount: RedrivePolicy.maxReceiveCount,
    },
  };
}

/** A queue by its url, for a judge of what leads to it. What is wrong with it, its own check says. */
export async function knowQueue(url: string, readQueue: ReadQueue): Promise<KnownQueue> {
  const facts = await readQueue(url).catch(() => undefined);
  return { name: nameIn(url), arn: facts?.QueueArn };
}
