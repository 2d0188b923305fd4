import { account, queueArn } from '../account.ts';
import { sqsError } from './errors.ts';
import type { Attributes, Message } from './message.ts';
import type { Queue, Receipt } from './queue.ts';

interface AskedNames {
  AttributeNames: readonly string[];
  MessageSystemAttributeNames: readonly string[];
  MessageAttributeNames: readonly string[];
}

/** A message as ReceiveMessage answers it, with what was asked for. */
export function showMessage({ message, handle }: Receipt, asked: AskedNames) {
  const system = pick(systemAttributesOf(message), [
    ...asked.AttributeNames,
    ...asked.MessageSystemAttributeNames,
  ]);
  const attributes = pickAttributes(message.attributes, asked.MessageAttributeNames);
  const isWhole = Object.keys(attributes).length === Object.keys(message.attributes).length;
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    MD5OfBody: message.bodyMd5,
    Body: message.body,
    ...(Object.keys(system).length > 0 ? { Attributes: system } : {}),
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes: attributes } : {}),
    ...(isWhole && message.attributesMd5 ? { MD5OfMessageAttributes: message.attributesMd5 } : {}),
  };
}

function systemAttributesOf(message: Message): Record<string, string | undefined> {
  return {
    SenderId: account.id,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    DeadLetterQueueSourceArn: message.movedFrom && queueArn(message.movedFrom),
  };
}

function pick(values: Record<string, string | undefined>, names: readonly string[]) {
  const wantsAll = names.includes('All');
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => value !== undefined && (wantsAll || names.includes(name)),
    ),
  );
}

function pickAttributes(attributes: Attributes, names: readonly string[]) {
  const wantsAll = names.includes('All') || names.includes('.*');
  const isAsked = (name: string) =>
    wantsAll ||
    names.some((each) =>
      each.endsWith('.*') ? name.startsWith(each.slice(0, -1)) : each === name,
    );
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => isAsked(name))
      .map(([name, attribute]) => [name, { ...attribute }]),
  );
}

/** A queue as GetQueueAttributes answers it. */
export function showAttributes(queue: Queue, names: readonly string[]) {
  const { definition, counts } = queue;
  const { redrive } = definition;
  const known: Record<string, string | undefined> = {
    QueueArn: queueArn(definition.name),
    VisibilityTimeout: String(definition.visibilityTimeoutSeconds),
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: String(definition.retentionSeconds),
    ReceiveMessageWaitTimeSeconds: '0',
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    SqsManagedSseEnabled: 'true',
    RedrivePolicy:
      redrive &&
      JSON.stringify({
        deadLetterTargetArn: queueArn(redrive.deadLetterQueue),
        maxReceiveCount: redrive.maxReceiveCount,
      }),
  };
  const stranger = names.find((name) => name !== 'All' && !(name in known));
  if (stranger) throw sqsError('InvalidAttributeName', `Unknown Attribute ${stranger}.`);
  const Attributes = pick(known, names);
  return Object.keys(Attributes).length > 0 ? { Attributes } : {};
}
