import * as z from 'zod';
import { AwsError } from '../front/aws-error.ts';

/**
 * Refuses queue attributes that fauxqs takes although SQS does not: unknown names, and a
 * RedrivePolicy that could never move a message.
 */
export function checkQueueAttributes(
  operation: string,
  input: unknown,
  hasQueue: (queueName: string) => boolean,
  ownArnPrefix: string,
): void {
  if (operation !== 'CreateQueue' && operation !== 'SetQueueAttributes') return;
  const parsed = attributesInput.safeParse(input);
  if (!parsed.success) throw new AwsError('InvalidAttributeValue', 'Attributes must be strings');
  const attributes = parsed.data.Attributes ?? {};
  const unknown = Object.keys(attributes).find((name) => !settableAttributes.has(name));
  if (unknown) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const policy = attributes.RedrivePolicy;
  if (policy) checkRedrivePolicy(policy, hasQueue, ownArnPrefix);
}

function checkRedrivePolicy(
  policy: string,
  hasQueue: (queueName: string) => boolean,
  ownArnPrefix: string,
): void {
  const parsed = redrivePolicy.safeParse(parseJson(policy));
  if (!parsed.success) {
    throw invalidPolicy(
      policy,
      'It must be JSON with deadLetterTargetArn and maxReceiveCount (1 to 1000)',
    );
  }
  const { deadLetterTargetArn: arn } = parsed.data;
  if (!arn.startsWith(ownArnPrefix) || !hasQueue(arn.slice(ownArnPrefix.length))) {
    throw invalidPolicy(policy, 'Dead letter target does not exist');
  }
}

const attributesInput = z.object({ Attributes: z.record(z.string(), z.string()).nullish() });

const redrivePolicy = z.strictObject({
  deadLetterTargetArn: z.string(),
  // Both spellings are in use; SQS takes the number as text too.
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const settableAttributes = new Set([
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalidPolicy(policy: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}.`,
  );
}
