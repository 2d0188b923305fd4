import type { LetterFilterBody, LookedQueue } from '@cloudnestle/contracts/admin/letters';
import type { LettersSearch } from '../app/search-params.ts';
import { formatCount, formatTime } from '../parts/format.ts';

/** The filter that an address says: what is shown, and what an action is about. */
export function toFilter(search: LettersSearch): LetterFilterBody {
  const { since, type, order, user, reason, id } = search;
  return {
    ...(since === undefined ? {} : { since }),
    ...(type === undefined ? {} : { type }),
    ...(order === undefined ? {} : { order }),
    ...(user === undefined ? {} : { user }),
    ...(reason === undefined ? {} : { reason }),
    ...(id === undefined ? {} : { id }),
  };
}

/** The filter in words: `reason “timeout *” and type PaymentCompleted`; empty where every letter is meant. */
export function sayFilter(filter: LetterFilterBody): string {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} “${value}”`)
    .join(' and ');
}

const PLAIN = /^[A-Za-z0-9_./:=@%+-]+$/;

/** The look in a terminal, its words as a shell hands them on. */
export function sayLookCommand(queue: string | undefined, filter: LetterFilterBody): string {
  const options = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const words = [...(queue === undefined ? [] : [queue]), ...options].map((word) =>
    PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  return ['./payments dlq triage', ...words].join(' ');
}

/** What a look has seen of all its queues: `312 of about 340 seen, 28 held by others, at 14:02:11 IST by anna`. */
export function sayLook(
  look: { queues: readonly LookedQueue[]; takenAt?: string | undefined; by: string },
  nowMs: number,
): string {
  const seen = look.queues.flatMap((queue) => ('unread' in queue ? [] : [queue]));
  const sum = (pick: (queue: (typeof seen)[number]) => number) =>
    seen.reduce((total, queue) => total + pick(queue), 0);
  const all = Math.max(
    sum(({ waiting }) => waiting),
    sum((queue) => queue.seen + queue.hidden),
  );
  const hidden = sum((queue) => queue.hidden);
  return [
    `${formatCount(sum((queue) => queue.seen))} of about ${formatCount(all)} seen`,
    ...(hidden > 0 ? [`${formatCount(hidden)} held by others`] : []),
    ...(look.takenAt === undefined ? [] : [`at ${formatTime(look.takenAt, nowMs)}`]),
  ]
    .join(', ')
    .concat(` by ${look.by}`);
}
