import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { describeError } from '@cloudnestle/runtime/errors';
import type { Log } from '@cloudnestle/runtime/logger';
import type { QueueHandler } from '@cloudnestle/runtime/queue/handler';
import type { FunctionDefinition } from '@cloudnestle/topology/types';
import * as z from 'zod';
import { type ContextDependencies, type Invocation, invokeFunction } from '../invoke-function.ts';
import { buildSqsEvent } from './build-event.ts';
import type { ReceivedMessage } from './receive-batch.ts';

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

type BatchDecision =
  /** These are done with; the others come back after their visibility timeout. */
  | { kind: 'answered'; doneIds: string[] }
  /** Nothing is done with. */
  | { kind: 'failed'; reason: string };

/**
 * What Lambda makes of a function's answer with ReportBatchItemFailures: an empty answer is success, an exception, a
 * timeout or a malformed answer (an unknown message id included) fails the whole batch.
 */
export function decideBatch(
  messageIds: readonly string[],
  invocation: Invocation<unknown>,
): BatchDecision {
  if (invocation.kind === 'timedOut') {
    return { kind: 'failed', reason: `timed out after ${invocation.afterSeconds} s` };
  }
  if (invocation.kind === 'threw') {
    return { kind: 'failed', reason: `threw ${describeError(invocation.error)}` };
  }
  const response = responseSchema.safeParse(invocation.result);
  if (!response.success) return { kind: 'failed', reason: 'answered no batch response' };
  const failures = response.data?.batchItemFailures ?? [];
  const failedIds = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  if (![...failedIds].every((id) => messageIds.includes(id))) {
    return { kind: 'failed', reason: 'answered a message id that is not in the batch' };
  }
  return { kind: 'answered', doneIds: messageIds.filter((id) => !failedIds.has(id)) };
}

const responseSchema = z
  .object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
  })
  .nullish();

const ATTEMPTS = 3;

/**
 * Deletes at most ten messages and returns how many could not be deleted: those are delivered again. SQS answers 200
 * with failed entries, so these are tried again here.
 */
async function deleteMessages(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly ReceivedMessage[],
): Promise<number> {
  let left = [...messages];
  for (let attempt = 1; attempt <= ATTEMPTS && left.length > 0; attempt += 1) {
    const answer = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: left.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
    const failed = new Set((answer.Failed ?? []).map(({ Id }) => Id));
    left = left.filter((_, index) => failed.has(String(index)));
  }
  return left.length;
}
