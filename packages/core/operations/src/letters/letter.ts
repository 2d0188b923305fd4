import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { ReplayAttributes } from '@cloudnestle/contracts/dead-letter';

/** A message of a dead-letter queue, as an operator sees it. */
export interface Letter {
  messageId: string;
  /** Good for deleting or releasing it as long as it is ours. */
  receiptHandle: string;
  body: string;
  /** When it was put into the queue; of what SQS moved itself: when it was sent first. */
  sentAt: Date;
  /** What the body says, as far as it can be read. */
  event: LetterEvent;
  failure: LetterFailure;
  replay: ReplayAttributes;
  /** All its message attributes of text, safe for a terminal. */
  attributes: Readonly<Record<string, string>>;
  /** Its message attributes that others wrote than a failure, a replay or EventBridge, to the byte: a replay keeps them. */
  foreign: Readonly<Record<string, MessageAttributeValue>>;
  /** Whose queue it goes back to; undefined where nothing says it. */
  subscriber: string | undefined;
  /** Why it can never succeed, by the contracts of this version: no JSON, no event, a detail that does not fit. */
  obstacle: string | undefined;
}

export interface LetterEvent {
  eventId?: string | undefined;
  detailType?: string | undefined;
  transactionId?: string | undefined;
  merchantOrderId?: string | undefined;
  userId?: string | undefined;
  /** ISO; a letter's age counts from here: a replay sends it anew, but the event is as old as it was. */
  occurredAt?: string | undefined;
}

export interface LetterFailure {
  /**
   * `permanent` and `exhausted`: written by the handler. `moved`: SQS itself moved it after a crash or a timeout, and
   * wrote no reason. `undelivered`: EventBridge could not put it into the subscriber's queue.
   */
  kind: 'permanent' | 'exhausted' | 'moved' | 'undelivered';
  /** One line a person understands. */
  reason: string;
  attempts?: number | undefined;
  /** ISO. */
  firstAt?: string | undefined;
  lastAt?: string | undefined;
}
