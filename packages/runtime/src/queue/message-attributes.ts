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
