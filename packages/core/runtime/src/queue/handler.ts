import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { EventContract } from '@cloudnestle/contracts/event';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { processRecord } from './process-record.ts';
import type { QueueDependencies, Subscriber } from './subscriber.ts';

export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** Time a batch keeps for answering and for sending dead letters after its records' deadline. */
const ANSWER_MARGIN_MS = 2000;

/**
 * Wraps a subscriber as a Lambda on a queue with partial batch responses. Records run side by side and fail alone; the
 * handler never throws for the batch (design, rule 5).
 */
export function buildQueueHandler<Contract extends EventContract<string, z.ZodType>>(
  deps: QueueDependencies,
  subscriber: Subscriber<Contract>,
): QueueHandler {
  const handle = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const timeoutMs = Math.max(context.getRemainingTimeInMillis() - ANSWER_MARGIN_MS, 100);
    const recordHandler = (record: SQSRecord) =>
      processRecord(deps, subscriber, record, { timeoutMs });
    // A processor keeps the failures of one batch, so every invocation gets its own.
    const processor = new BatchProcessor(EventType.SQS);
    return processPartialResponse(event, recordHandler, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  };
  return middy(handle);
}
