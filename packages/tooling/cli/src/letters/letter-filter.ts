import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { Letter } from './letter.ts';
import { matchesReason } from './matches-reason.ts';

/** Which letters are meant; all that is given must fit, and nothing given means every letter. */
export interface LetterFilter {
  /** Failed last at or after this moment. */
  since?: Date | undefined;
  /** Detail type. */
  type?: string | undefined;
  /** Transaction id or merchant order id. */
  order?: string | undefined;
  user?: string | undefined;
  /** What the reason has in it, see `matchesReason`. */
  reason?: string | undefined;
  /** Message id or event id. */
  id?: string | undefined;
}

export function matchesFilter(letter: Letter, filter: LetterFilter): boolean {
  const { event, failure } = letter;
  const { since, type, order, user, reason, id } = filter;
  return (
    (since === undefined || failedAt(letter) >= since) &&
    (type === undefined || event.detailType === type) &&
    (order === undefined || isOrder(letter, order)) &&
    (user === undefined || event.userId === user) &&
    (reason === undefined || matchesReason(failure.reason, reason)) &&
    (id === undefined || letter.messageId === id || event.eventId === id)
  );
}

/** The filter as it is kept beside what was done with it. */
export function describeFilter({
  since,
  ...rest
}: LetterFilter): Record<string, string | undefined> {
  return { ...rest, since: since?.toISOString() };
}

/** When it failed last, or was put there by others than the handler. */
export function failedAt({ failure, sentAt }: Letter): Date {
  return failure.lastAt === undefined ? sentAt : new Date(failure.lastAt);
}

function isOrder({ event }: Letter, order: string): boolean {
  const names = [event.transactionId, event.merchantOrderId];
  // An event about the gateway's own ids names the order by its transaction id only.
  return names.includes(order) || event.transactionId === toTransactionId(order);
}
