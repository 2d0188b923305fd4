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

/** SQS takes so many attributes on one message. */
const MOST_ATTRIBUTES = 10;

/**
 * Attributes for one message, as many as SQS takes: those of the first group first, and within a group in its order. `left`
 * names those that found no room.
 */
export function fitAttributes(...groups: readonly Record<string, MessageAttributeValue>[]): {
  attributes: Record<string, MessageAttributeValue>;
  left: string[];
} {
  // Of two with one name the first counts.
  const wanted = new Map<string, MessageAttributeValue>();
  for (const [name, value] of groups.flatMap(Object.entries<MessageAttributeValue>)) {
    if (!wanted.has(name)) wanted.set(name, value);
  }
  const all = [...wanted];
  return {
    attributes: Object.fromEntries(all.slice(0, MOST_ATTRIBUTES)),
    left: all.slice(MOST_ATTRIBUTES).map(([name]) => name),
  };
}
