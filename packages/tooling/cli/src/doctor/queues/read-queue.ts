import { GetQueueAttributesCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs';
import { jsonVariable } from '@cloudnestle/runtime/config';
import * as z from 'zod';
import { deadline } from '../deadline.ts';
import { share } from '../share.ts';

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

/** Messages in a queue, whether somebody works on them or not; approximately, as SQS counts. */
export function countAll(facts: QueueFacts): number {
  return (
    facts.ApproximateNumberOfMessages +
    facts.ApproximateNumberOfMessagesNotVisible +
    facts.ApproximateNumberOfMessagesDelayed
  );
}
