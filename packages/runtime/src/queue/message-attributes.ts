import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { toCarried } from '@cloudnestle/contracts/text';

/**
 * Attributes of text as SQS takes them: a character that it does not take is replaced, since a reason must not keep its
 * letter from being sent; what is not given or empty is left out, because SQS refuses it.
 */
export function toMessageAttributes(
  attributes: Record<string, string | undefined>,
): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined || value === ''
        ? []
        : [[name, { DataType: 'String', StringValue: toCarried(value) }]],
    ),
  );
}
