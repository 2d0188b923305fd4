import { readFileSync } from 'node:fs';
import { paymentCompleted } from '@cloudnestle/contracts/events/payment-completed';
import { expect, it } from 'vitest';
import { parseRecord } from './subscriber.ts';

const detailAsString = readFileSync(
  new URL('../../fixtures/queue-body-detail-as-string.json', import.meta.url),
  'utf8',
);
const message = (fields: Record<string, unknown>) =>
  JSON.stringify({
    id: 'event-1',
    source: 'marketplace.payments',
    'detail-type': 'PaymentCompleted',
    time: '2026-11-27T14:00:00Z',
    ...fields,
  });

// An operator who reads a dead letter's reason must see what to look at.
it.each([
  [
    'a detail as text',
    detailAsString,
    'schema mismatch in PaymentCompleted: the detail is a string, not an object',
  ],
  [
    'a detail that is a list',
    message({ detail: [] }),
    'schema mismatch in PaymentCompleted: the detail is a list, not an object',
  ],
  [
    'a detail that is null',
    message({ detail: null }),
    'schema mismatch in PaymentCompleted: the detail is null, not an object',
  ],
  ['no detail', message({}), 'the message is no event of the bus: detail'],
  [
    'a detail without its parts',
    message({ detail: {} }),
    'schema mismatch in PaymentCompleted: metadata, data',
  ],
  ['a message as text', '"hello"', 'the message is no event of the bus: the message is a string'],
  [
    'a message without two fields',
    message({ id: undefined, time: 7 }),
    'the message is no event of the bus: id, time',
  ],
])('says what is wrong with %s', (_what, body, reason) => {
  expect(() => parseRecord(body, [paymentCompleted])).toThrow(reason);
});
