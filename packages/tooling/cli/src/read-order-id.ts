import { readOrderId } from '@cloudnestle/operations/read-order-id';
import { CliError } from './cli-error.ts';

/** The transaction id of the order that a person names; a `CliError` where it is none. */
export function expectOrderId(text: string): string {
  const read = readOrderId(text);
  if ('transactionId' in read) return read.transactionId;
  throw new CliError(`"${text}" is no order: an id ${read.problem}.`);
}
