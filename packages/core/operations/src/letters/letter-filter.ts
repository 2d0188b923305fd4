import { toTransactionId } from '@cloudnestle/payments/order-ids';
import type { Letter } from './letter.ts';

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

/**
 * Whether a reason has this in it, in any case. `*` stands for anything; `^` before and `$` behind pin it to the reason's
 * start and end. Goes through the reason once, whatever it is asked: a pattern of many `*` must not hang the command.
 */
export function matchesReason(reason: string, wanted: string): boolean {
  return createReasonMatcher(wanted)(reason.toLowerCase());
}

/** The same for many reasons, which are in lower case already. */
export function createReasonMatcher(wanted: string): (lowerCase: string) => boolean {
  const isPinned = { start: wanted.startsWith('^'), end: wanted.endsWith('$') };
  const pieces = wanted
    .slice(isPinned.start ? 1 : 0, isPinned.end ? -1 : undefined)
    .toLowerCase()
    .split('*');
  const last = isPinned.end ? (pieces.pop() ?? '') : '';
  const mayMove = pieces.length > 0 || !isPinned.start;
  return (text) => {
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      const found = text.indexOf(piece, at);
      if (found < 0 || (index === 0 && isPinned.start && found > 0)) return false;
      at = found + piece.length;
    }
    if (!isPinned.end) return true;
    const end = text.length - last.length;
    return text.endsWith(last) && (mayMove ? end >= at : end === 0);
  };
}
