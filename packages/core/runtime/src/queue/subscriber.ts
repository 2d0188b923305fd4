import type { SQSClient } from '@aws-sdk/client-sqs';
import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import type { EventContract } from '@cloudnestle/contracts/event';
import type { EventMetadata } from '@cloudnestle/contracts/event-metadata';
import { parseJson } from '@cloudnestle/contracts/json';
import type * as z from 'zod';
import { PermanentError } from '../errors.ts';
import type { Platform } from '../platform.ts';

/** What became of a record that is done. */
export type RecordOutcome = { kind: 'applied' } | { kind: 'skipped'; why: string };

/** What a subscriber may know of the delivery besides the event. */
export interface Delivery {
  messageId: string;
  /** 1 for the first delivery of this message. */
  attempt: number;
  /**
   * Whether an earlier delivery may have done its writes and died before it counted them: a subscriber that counts what
   * a write has done counts what stands then, rather twice than never (rule 13).
   */
  mayBeRepeat: boolean;
  /** Waits a moment for the other records of the batch, so that what all of them ask for next is one call. */
  meet(): Promise<void>;
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

/** An event as a subscriber receives it, parsed. */
export type ReceivedEvent<Contract> =
  Contract extends EventContract<infer Type, infer Data>
    ? { detailType: Type; metadata: EventMetadata; data: z.infer<Data> }
    : never;

/** Reads a queue record's body: JSON, the bus's envelope, the detail by its contract. What does not fit never will. */
export function parseRecord<Contract extends EventContract<string, z.ZodType>>(
  body: string,
  contracts: readonly Contract[],
): ReceivedEvent<Contract> {
  const message = parseJson(body);
  if (message === undefined) throw new PermanentError('the message is no JSON');
  const envelope = busEnvelopeSchema.safeParse(message);
  if (!envelope.success) {
    const wrong = nameFaults(envelope.error, 'the message', message);
    throw new PermanentError(`the message is no event of the bus: ${wrong}`);
  }
  const detailType = envelope.data['detail-type'];
  const contract = contracts.find((candidate) => candidate.detailType === detailType);
  if (!contract) throw new PermanentError(`no contract here for detail type "${detailType}"`);
  const detail = contract.detailSchema.safeParse(envelope.data.detail);
  if (!detail.success) {
    const wrong = nameFaults(detail.error, 'the detail', envelope.data.detail);
    throw new PermanentError(`schema mismatch in ${detailType}: ${wrong}`);
  }
  // The contract was found by this very detail type; the compiler cannot follow that through `find`.
  return { detailType, ...detail.data } as ReceivedEvent<Contract>;
}

/** The fields at fault, or what stands where all of them should be. Never a value: it may be personal data. */
function nameFaults(error: z.ZodError, whole: string, value: unknown): string {
  const faults = error.issues.map(({ path }) => path.join('.') || `${whole} is ${nameKind(value)}`);
  return faults.join(', ');
}

function nameKind(value: unknown): string {
  const kind = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return `${value === null ? 'null' : kind}, not an object`;
}
