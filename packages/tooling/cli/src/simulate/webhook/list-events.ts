import {
  eventsByFamily,
  type SampleFamily,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';

/** What our webhook makes of each kind of event. */
const words: readonly (readonly [SampleFamily, string])[] = [
  ['order', 'an order has ended; of payment links: ignored'],
  ['attempt', 'an attempt failed, and the order can still be paid: ignored'],
  ['refund', 'money goes back: recorded'],
  ['dispute', 'a buyer disputes a payment: recorded'],
  ['settlement', 'money is on its way to the bank: ignored'],
  ['mandateOrder', 'an order of a mandate: ignored'],
  ['mandate', 'a mandate has changed: ignored'],
  ['unknown', 'an event that the gateway does not have: ignored'],
];

/** Every event, under what it is for, as help text. */
export function listEvents(): string {
  return words
    .flatMap(([family, meaning]) => [
      `  ${meaning}`,
      ...eventsByFamily[family].map((event) => `    ${event}`),
    ])
    .join('\n');
}
