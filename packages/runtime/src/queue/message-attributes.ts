import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** Attributes of text as SQS takes them; what is not given or empty is left out, because SQS refuses it. */
export function toMessageAttributes(
  attributes: Record<string, string | undefined>,
): Record<string, MessageAttributeValue> {
  const given = Object.entries(attributes).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
}
