import { buildSqsEvent } from '@cloudnestle/dev/event-source/build-event';
import { decideBatch } from '@cloudnestle/dev/event-source/invoke-batch';
import { parseMessages, type ReceivedMessage } from '@cloudnestle/dev/event-source/receive-batch';
import type { Subscription } from '@cloudnestle/topology/types';
import * as z from 'zod';
import type { FunctionPool, Invocation, Simulation } from '../parts/simulation.ts';

/** Feeds a queue to a function. */
export interface EventSource {
  /** Something may have come into the queue, or may come back at that moment. */
  wake(): void;
}

const POLL_MS = 40;
const SLOW_POLL_MS = 4_000;
const DELETE_ATTEMPTS = 3;

/**
 * Lambda's event source mapping: receives batches while there is room, invokes, and deletes what the function is done
 * with. It polls when it is woken, and when the next hidden message is due: between, nothing could be received.
 */
export function createEventSource(
  simulation: Simulation,
  subscription: Subscription,
  deps: { pool: FunctionPool; queueUrl: string },
): EventSource {
  const { scheduler, lambda, chance, aws, trace } = simulation;
  const { queueUrl, pool } = deps;
  const queueArn = `arn:aws:sqs:us-east-1:000000000000:${subscription.queue}`;
  let running = 0;
  let plannedAtMs = Number.POSITIVE_INFINITY;

  const planAt = (atMs: number) => {
    if (atMs >= plannedAtMs) return;
    plannedAtMs = atMs;
    scheduler.after(atMs - scheduler.nowMs(), lambda, () => {
      if (plannedAtMs !== atMs) return;
      plannedAtMs = Number.POSITIVE_INFINITY;
      poll();
    });
  };
  const wake = () => {
    // Now and then a poller is slow to look, so that messages gather.
    const delayMs = chance.isHit(0.2)
      ? chance.fraction() * SLOW_POLL_MS
      : chance.latencyMs(POLL_MS);
    planAt(scheduler.nowMs() + delayMs);
  };
  const planNext = () => {
    const nextMs = aws.sqs.nextVisibleAt(queueUrl);
    if (nextMs === undefined) return;
    if (nextMs <= scheduler.nowMs()) wake();
    else planAt(nextMs + 1);
  };
  const poll = () => {
    if (running >= subscription.maximumConcurrency) return;
    // A poll that finds nothing is only waited for, not asked.
    const nextMs = aws.sqs.nextVisibleAt(queueUrl);
    if (nextMs === undefined || nextMs > scheduler.nowMs()) return planNext();
    const messages = receive();
    if (messages.length > 0) work(messages);
    planNext();
  };
  const receive = (): ReceivedMessage[] => {
    if (simulation.faults.happens('pollFailed', 'sqs', 0.3, subscription.subscriber)) {
      planAt(scheduler.nowMs() + 1_000);
      return [];
    }
    const answer = receiveAnswer.parse(
      aws.sqs.execute('ReceiveMessageCommand', {
        QueueUrl: queueUrl,
        MaxNumberOfMessages: subscription.batchSize,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return parseMessages(answer.Messages);
  };
  const work = (messages: readonly ReceivedMessage[]) => {
    running += 1;
    pool.invoke(buildSqsEvent(messages, queueArn), (invocation) => {
      running -= 1;
      if (trace.isOn) tell(messages, invocation.kind);
      finish(messages, invocation);
      wake();
    });
  };
  const tell = (messages: readonly ReceivedMessage[], outcome: string) => {
    for (const { Body, Attributes } of messages) {
      const { ApproximateReceiveCount: count } = Attributes;
      const type = /"detail-type":"(\w+)"/.exec(Body)?.[1];
      trace.tell(subscription.queue, `${type}, receive ${count} -> ${outcome}`, Body);
    }
  };
  const finish = (messages: readonly ReceivedMessage[], invocation: Invocation) => {
    const ids = messages.map(({ MessageId }) => MessageId);
    const decision = decideBatch(ids, toInvocation(invocation));
    if (decision.kind === 'failed') return;
    const done = messages.filter(({ MessageId }) => decision.doneIds.includes(MessageId));
    for (const { MessageId, Attributes, Body } of done) {
      const delivery = `${MessageId} ${Attributes.ApproximateReceiveCount}`;
      simulation.watch.messageDone(subscription.queue, delivery, Body);
    }
    remove(done, 1);
  };
  const remove = (messages: readonly ReceivedMessage[], attempt: number): void => {
    if (messages.length === 0) return;
    if (simulation.faults.happens('deleteLost', 'sqs', 1, subscription.subscriber)) {
      if (attempt >= DELETE_ATTEMPTS) return;
      scheduler.after(1_000, lambda, () => remove(messages, attempt + 1));
      return;
    }
    aws.sqs.execute('DeleteMessageBatchCommand', {
      QueueUrl: queueUrl,
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    });
  };
  return { wake };
}

const receiveAnswer = z.object({ Messages: z.array(z.custom<object>()).optional() });

/** A crash or a refusal is to the poller what a throw is: nothing of the batch is done. */
function toInvocation(invocation: Invocation) {
  if (invocation.kind === 'crashed' || invocation.kind === 'throttled') {
    return { kind: 'threw' as const, error: new Error(invocation.kind) };
  }
  return invocation;
}
