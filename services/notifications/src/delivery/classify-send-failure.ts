import { httpStatusOf } from '@cloudnestle/runtime/aws-errors';

/** What a failed SES call says of the mail. */
export type SendFailure = { kind: 'refused'; isPermanent: boolean } | { kind: 'unknown' };

const unknown: SendFailure = { kind: 'unknown' };
const refused: SendFailure = { kind: 'refused', isPermanent: false };

/**
 * Says whether a mail was surely not sent (design, rule 8): no connection, any 4xx (throttling included), 503. Whatever
 * cannot be told is unknown.
 *
 * Of the 4xx only `BadRequestException` is permanent: SES cannot read the request, an address most likely, and it will
 * be the same next time. The others are for an operator to repair while the record waits (an identity not verified
 * yet, which SES calls `MessageRejected`; sending paused; a missing permission), and end in the dead-letter queue
 * where nobody does.
 */
export function classifySendFailure(error: unknown): SendFailure {
  const status = httpStatusOf(error);
  if (status === undefined) return isBeforeSending(error) ? refused : unknown;
  if (status === 503) return refused;
  if (status < 400 || status >= 500) return unknown;
  return { kind: 'refused', isPermanent: nameOf(error) === 'BadRequestException' };
}

/** Codes of Node that mean no connection was made. */
const connectCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** Steps of Node's connecting; the same code (ETIMEDOUT) means something else once connected. */
const connectCalls: readonly string[] = ['connect', 'getaddrinfo'];

/** The SDK gives its own connection timeout neither code nor name of its own: only these words. */
const CONNECTION_TIMEOUT = /did not establish a connection/;

function isBeforeSending(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Every address of the host was tried, each with its own error.
  if (error instanceof AggregateError) return error.errors.every(isBeforeSending);
  if (error.name === 'CredentialsProviderError') return true;
  if (connectCodes.includes(textOf(error, 'code'))) return true;
  if (connectCalls.includes(textOf(error, 'syscall'))) return true;
  return error.name === 'TimeoutError' && CONNECTION_TIMEOUT.test(error.message);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function textOf(error: Error, property: 'code' | 'syscall'): string {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
