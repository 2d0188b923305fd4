import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Platform } from '../platform.ts';
import type { ReceivedEvent } from './parse-record.ts';

/** What became of a record that is done. */
export type RecordOutcome = { kind: 'applied' } | { kind: 'skipped'; why: string };

/** What a subscriber may know of the delivery besides the event. */
export interface Delivery {
  messageId: string;
  /** 1 for the first delivery of this message. */
  attempt: number;
  /**
   * Whether an earlier delivery may have done its writes and died before it counted them: whoever counts what a write has
   * done counts what stands then, rather twice than never (rule 13).
   */
  mayBeRepeat: boolean;
}

export interface Subscriber<Contract> {
  /** Name in log lines: the capability, `tiers`. */
  unit: string;
  /** What it subscribes to; anything else in its queue is dead-lettered. */
  contracts: readonly Contract[];
  /**
   * The use case. Throws `PermanentError` for what can never succeed; anything else thrown is tried again later.
   */
  handle(event: ReceivedEvent<Contract>, delivery: Delivery): Promise<RecordOutcome>;
}

export interface QueueDependencies {
  platform: Platform;
  sqs: SQSClient;
  queueUrl: string;
  deadLetterQueueUrl: string;
  /** Factor on retry delays; 1 in production. */
  retryScale: number;
}
