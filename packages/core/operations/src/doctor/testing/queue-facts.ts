import type { QueueFacts } from '../queue-facts.ts';

/** An empty queue without policies, and what a test makes of it. */
export function buildFacts(facts: Partial<QueueFacts>): QueueFacts {
  return {
    QueueArn: 'arn:aws:sqs:ap-south-1:123456789012:any',
    VisibilityTimeout: 30,
    MessageRetentionPeriod: 1_209_600,
    ApproximateNumberOfMessages: 0,
    ApproximateNumberOfMessagesNotVisible: 0,
    ApproximateNumberOfMessagesDelayed: 0,
    RedrivePolicy: undefined,
    Policy: undefined,
    ...facts,
  };
}
