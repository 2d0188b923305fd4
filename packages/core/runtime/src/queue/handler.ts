import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { replayAttributesSchema } from '@cloudnestle/contracts/dead-letter';
import type { EventContract } from '@cloudnestle/contracts/event';
import type { SummaryFields } from '@cloudnestle/contracts/log-fields';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { createSqsClient } from '../clients/sqs.ts';
import { describeError, PermanentError, RetryLaterError } from '../errors.ts';
import { logSummary } from '../logger.ts';
import type { Platform } from '../platform.ts';
import { runUnit } from '../unit-of-work.ts';
import { withTimeout } from '../with-timeout.ts';
import { type BatchMeeting, createBatchMeeting } from './batch-meeting.ts';
import { sendToDeadLetterQueue } from './dead-letter.ts';
import { planRetry } from './plan-retry.ts';
import {
  parseRecord,
  type QueueDependencies,
  type ReceivedEvent,
  type RecordOutcome,
  type Subscriber,
} from './subscriber.ts';

export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Time a batch keeps for answering and for sending dead letters after its records' deadline. */
const ANSWER_MARGIN_MS = 2000;

/**
 * Wraps a subscriber as a Lambda on a queue with partial batch responses. Records run side by side and fail alone; the
 * handler never throws for the batch (rule 5).
 */
export function buildQueueHandler<Contract extends EventContract<string, z.ZodType>>(
  deps: QueueDependencies,
  subscriber: Subscriber<Contract>,
): QueueHandler {
  const handle = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const timeoutMs = Math.max(context.getRemainingTimeInMillis() - ANSWER_MARGIN_MS, 100);
    const meeting = createBatchMeeting(event.Records.length);
    const recordHandler = (record: SQSRecord) =>
      runUnit(() => processRecord(deps, subscriber, record, { timeoutMs, meeting })).finally(
        meeting.leave,
      );
    // A processor keeps the failures of one batch, so every invocation gets its own.
    const processor = new BatchProcessor(EventType.SQS);
    return processPartialResponse(event, recordHandler, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  };
  return middy(handle);
}

interface RunOptions {
  timeoutMs: number;
  meeting: BatchMeeting;
}

/** One record, start to end: returns when the record is done with, throws when SQS must deliver it again. */
async function processRecord<Contract extends EventContract<string, z.ZodType>>(
  deps: QueueDependencies,
  subscriber: Subscriber<Contract>,
  record: SQSRecord,
  options: RunOptions,
): Promise<void> {
  const startedAt = deps.platform.now();
  const summary = startSummary(subscriber.unit, record);
  const finish = (
    rest: Partial<SummaryFields> & { outcome: string },
    level: 'info' | 'warn' | 'error',
  ) =>
    logSummary(
      deps.platform.log,
      { ...summary, ...rest, durationMs: deps.platform.now().getTime() - startedAt.getTime() },
      level,
    );
  let eventId: string | undefined;
  try {
    const event = parseRecord(record.body, subscriber.contracts);
    eventId = event.metadata.eventId;
    Object.assign(summary, describeEvent(event, startedAt));
    const outcome = await runInTime(subscriber, event, record, options);
    deps.platform.metrics.count('RecordDeadLettered', 0);
    finish({ outcome: outcome.kind === 'applied' ? 'applied' : `skipped: ${outcome.why}` }, 'info');
  } catch (error) {
    const reason = describeError(error);
    const plan = planRetry({
      permanent: error instanceof PermanentError,
      attempt: attemptOf(record),
      retryInSeconds: error instanceof RetryLaterError ? error.retryInSeconds : undefined,
      random: deps.platform.random,
      scale: deps.retryScale,
    });
    if (plan.kind === 'retry') {
      await delayNextDelivery(deps, record, plan.inSeconds);
      deps.platform.metrics.count('RecordRetried');
      finish({ outcome: 'retry', reason, retryInSeconds: plan.inSeconds }, 'warn');
      throw error;
    }
    try {
      await giveUp(deps, record, { failureKind: plan.failureKind, reason, eventId });
    } catch (sendError) {
      // The record stays in its queue, and SQS's own redrive is the net; the log must say why.
      deps.platform.metrics.count('DeadLetterNotSent');
      const notSent = `dead letter not sent: ${describeError(sendError)}; ${reason}`;
      finish({ outcome: 'retry', reason: notSent }, 'error');
      throw sendError;
    }
    deps.platform.metrics.count('RecordDeadLettered');
    finish({ outcome: 'dead-lettered', reason }, 'error');
  }
}

function startSummary(unit: string, record: SQSRecord) {
  const replay = replayOf(record);
  return { unit, messageId: record.messageId, attempt: attemptOf(record), ...replay };
}

function describeEvent(
  event: ReceivedEvent<EventContract<string, z.ZodType>>,
  now: Date,
): Partial<SummaryFields> {
  const { eventId, correlationId, occurredAt } = event.metadata;
  return {
    eventId,
    detailType: event.detailType,
    transactionId: correlationId,
    ageMs: now.getTime() - new Date(occurredAt).getTime(),
  };
}

async function runInTime<Contract>(
  subscriber: Subscriber<Contract>,
  event: ReceivedEvent<Contract>,
  record: SQSRecord,
  { timeoutMs, meeting }: RunOptions,
): Promise<RecordOutcome> {
  const attempt = attemptOf(record);
  const mayBeRepeat = attempt > 1 || replayOf(record).replayedAt !== undefined;
  const { meet } = meeting;
  const delivery = { messageId: record.messageId, attempt, mayBeRepeat, meet };
  return withTimeout(subscriber.handle(event, delivery), timeoutMs, (): never => {
    throw new RetryLaterError(`not done within ${timeoutMs} ms`);
  });
}

function attemptOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}

/** Best effort: without it the record comes back after the queue's visibility timeout. */
async function delayNextDelivery(
  deps: QueueDependencies,
  record: SQSRecord,
  seconds: number,
): Promise<void> {
  try {
    await deps.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: deps.queueUrl,
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  } catch (error) {
    deps.platform.log.warn('visibility not changed', {
      messageId: record.messageId,
      reason: describeError(error),
    });
  }
}

async function giveUp(
  deps: QueueDependencies,
  record: SQSRecord,
  failure: { failureKind: 'permanent' | 'exhausted'; reason: string; eventId: string | undefined },
): Promise<void> {
  const firstReceivedMs = Number(record.attributes.ApproximateFirstReceiveTimestamp);
  const now = deps.platform.now();
  const firstFailedAt = Number.isFinite(firstReceivedMs) ? new Date(firstReceivedMs) : now;
  const { left } = await sendToDeadLetterQueue(deps.sqs, deps.deadLetterQueueUrl, {
    body: record.body,
    failure: {
      failureKind: failure.failureKind,
      failureReason: failure.reason,
      attempts: String(attemptOf(record)),
      firstFailedAt: firstFailedAt.toISOString(),
      lastFailedAt: now.toISOString(),
      ...(failure.eventId ? { eventId: failure.eventId } : {}),
    },
    replay: replayOf(record),
    given: record.messageAttributes,
  });
  if (left.length > 0) {
    deps.platform.log.warn('attributes not kept', {
      messageId: record.messageId,
      reason: `SQS takes ten: no room for ${left.join(', ')}`,
    });
  }
}

function replayOf(record: SQSRecord) {
  const values = Object.entries(record.messageAttributes ?? {}).map(
    ([name, attribute]) => [name, attribute.stringValue] as const,
  );
  const parsed = replayAttributesSchema.safeParse(Object.fromEntries(values));
  return parsed.success ? parsed.data : {};
}

/** The variables every queue subscriber has. */
export const queueEnvironmentShape = {
  QUEUE_URL: z.url(),
  DEAD_LETTER_QUEUE_URL: z.url(),
  RETRY_SCALE: z.coerce.number().min(0).default(1),
};

/** Wires a subscriber's queue from its variables. */
export function queueDependencies(
  config: { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string; RETRY_SCALE: number },
  platform: Platform,
): QueueDependencies {
  return {
    platform,
    sqs: createSqsClient(platform),
    queueUrl: config.QUEUE_URL,
    deadLetterQueueUrl: config.DEAD_LETTER_QUEUE_URL,
    retryScale: config.RETRY_SCALE,
  };
}
