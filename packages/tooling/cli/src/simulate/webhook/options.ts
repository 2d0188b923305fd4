import { merchantOrderIdSchema } from '@cloudnestle/contracts/ids';
import {
  eventsByFamily,
  familyOf,
  type SampleEvent,
  type SampleFamily,
  sampleEvents,
} from '@cloudnestle/phonepe-sandbox/webhooks/samples/sample-events';
import type { WebhookVariant } from '@cloudnestle/phonepe-sandbox/webhooks/webhook-options';
import { InvalidArgumentError } from 'commander';
import { CliError } from '../../cli-error.ts';

export const variants = ['current', 'legacy-extra'] as const satisfies readonly WebhookVariant[];

export const signingModes = [
  'sha256',
  'hmac-hex',
  'hmac-base64',
  'none',
  'wrong',
  'tampered',
] as const;
/** How the webhook is signed; the last three are broken on purpose. */
export type SigningMode = (typeof signingModes)[number];

export interface WebhookOptions {
  order?: string;
  refund?: string;
  amount?: number;
  mandate?: boolean;
  variant: WebhookVariant;
  sign: SigningMode;
  times: number;
  expect?: number;
  print?: boolean;
  json?: boolean;
}

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

/** Throws a `CliError` where options do not go together: what would silently mean nothing is a mistake. */
export function checkOptions(event: SampleEvent, options: WebhookOptions): void {
  const family = familyOf(event);
  if (options.refund !== undefined && family !== 'refund') {
    throw new CliError(`--refund goes with refund events, and ${event} is none.`);
  }
  if (options.mandate && family !== 'order') {
    throw new CliError(`--mandate goes with order events, and ${event} is none.`);
  }
  if (options.order !== undefined && !namesOrder(event)) {
    throw new CliError(`--order goes with events about an order, and ${event} names none.`);
  }
  if (options.amount !== undefined && family === 'mandate') {
    throw new CliError(`--amount goes with events about money, and ${event} names none.`);
  }
  const sends = options.times > 1 || options.expect !== undefined || options.json;
  if (options.print && sends) {
    throw new CliError('--print sends nothing: leave out --times, --expect and --json.');
  }
}

/** Whether such a webhook says which order it is about. */
export function namesOrder(event: SampleEvent): boolean {
  const family = familyOf(event);
  return family !== 'settlement' && family !== 'mandate';
}

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
