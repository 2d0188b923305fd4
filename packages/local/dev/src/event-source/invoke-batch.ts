import type { SQSClient } from '@aws-sdk/client-sqs';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import type { ContextDependencies } from '../lambda/build-context.ts';
import { invokeFunction } from '../lambda/invoke-function.ts';
import { buildSqsEvent } from './build-event.ts';
import { decideBatch } from './decide-batch.ts';
import { deleteMessages } from './delete-messages.ts';
import type { ReceivedMessage } from './message.ts';

export interface InvokeDependencies extends ContextDependencies {
  sqs: SQSClient;
  queueUrl: string;
  queueArn: string;
  definition: FunctionDefinition;
  handler: QueueHandler;
  log: Log;
}

/** Hands one batch to the function and deletes what it is done with. Never rejects, and never touches visibility. */
export async function invokeBatch(
  dependencies: InvokeDependencies,
  batch: readonly ReceivedMessage[],
): Promise<void> {
  const { sqs, queueUrl, queueArn, definition, handler, log } = dependencies;
  const event = buildSqsEvent(batch, queueArn);
  const invocation = await invokeFunction(definition, handler, event, dependencies);
  const decision = decideBatch(
    batch.map(({ MessageId }) => MessageId),
    invocation,
  );
  if (decision.kind === 'failed') {
    log.error('batch failed', { reason: decision.reason, messages: batch.length });
    return;
  }
  const done = batch.filter(({ MessageId }) => decision.doneIds.includes(MessageId));
  try {
    const undeleted = await deleteMessages(sqs, queueUrl, done);
    if (undeleted > 0) log.warn('messages not deleted', { messages: undeleted });
  } catch (error) {
    log.warn('messages not deleted', { messages: done.length, reason: describeError(error) });
  }
}
