import { merchantOrderIdSchema } from '@cloudnestle/contracts/ids';
import {
  type SampleEvent,
  sampleEvents,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import { InvalidArgumentError } from 'commander';

export function parseEvent(text: string): SampleEvent {
  const event = sampleEvents.find((each) => each === text);
  if (event) return event;
  throw new InvalidArgumentError(`an event is one of ${sampleEvents.join(', ')}.`);
}

/** The merchant order id of an order that is named by it, or by its transaction id. */
export function parseOrder(text: string): string {
  return parseId(text.trim().replace(/^txn_/, ''), 'an order');
}

export function parseRefund(text: string): string {
  return parseId(text.trim(), 'a refund');
}

/** Both have the same letters and length at the gateway. */
function parseId(id: string, whose: string): string {
  const parsed = merchantOrderIdSchema.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`the id of ${whose} ${parsed.error.issues[0]?.message}.`);
}
