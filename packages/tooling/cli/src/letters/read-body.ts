import { busEnvelopeSchema } from '@cloudnestle/contracts/bus-envelope';
import { eventContracts } from '@cloudnestle/contracts/events/all';
import { describeError, PermanentError } from '@cloudnestle/runtime/errors';
import { parseRecord } from '@cloudnestle/runtime/queue/subscriber';
import { subscriptions } from '@cloudnestle/topology/subscriptions';
import * as z from 'zod';
import type { Letter, LetterEvent } from './letter.ts';
import { safeLine } from './safe-line.ts';

/**
 * What a letter's body says, and why a subscriber of this version could never take it: nothing where it can, or where
 * nobody knows whose it is.
 */
export function readBody(
  body: string,
  subscriber: string | undefined,
): Pick<Letter, 'event' | 'obstacle'> {
  const subscription = subscriptions.find((each) => each.subscriber === subscriber);
  if (!subscription) return { event: readLeniently(body), obstacle: undefined };
  const contracts = subscription.detailTypes.map((type) => eventContracts[type]);
  try {
    const { detailType, ...detail } = parseRecord(body, contracts);
    return { event: readDetail(detailType, detail), obstacle: undefined };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { event: readLeniently(body), obstacle: describeError(error) };
  }
}

const detailSchema = z.object({
  metadata: z
    .object({
      eventId: safeLine.optional(),
      correlationId: safeLine.optional(),
      occurredAt: safeLine.optional(),
    })
    .default({}),
  data: z
    .object({
      transactionId: safeLine.optional(),
      merchantOrderId: safeLine.optional(),
      userId: safeLine.optional(),
    })
    .default({}),
});

/** As far as it can be read. */
function readLeniently(body: string): LetterEvent {
  const envelope = busEnvelopeSchema.safeParse(parseJson(body)).data;
  return readDetail(envelope && safeLine.parse(envelope['detail-type']), envelope?.detail);
}

function readDetail(detailType: string | undefined, given: unknown): LetterEvent {
  const detail = detailSchema.safeParse(given).data;
  return {
    detailType,
    eventId: detail?.metadata.eventId,
    occurredAt: detail?.metadata.occurredAt,
    transactionId: detail?.data.transactionId ?? detail?.metadata.correlationId,
    merchantOrderId: detail?.data.merchantOrderId,
    userId: detail?.data.userId,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
