import type { LetterEvent } from '../../../letters/letter.ts';
import { ADDRESS } from '../../../output/mask-text.ts';

/** What `redact` puts in the place of people and secrets. */
const REDACTED = /\[(?:address|number|token)\]/g;
const WORD = /[\p{L}\p{N}_-]+/gu;
/** `*.*.*.*:*` says no more than `*`. */
const STARS = /\*[\s.,:;/|*-]*\*/g;
/** Nothing that a terminal would obey gets into a command, and no `*` reaches over a line's end. */
const LINE_END = /[\r\n\u2028\u2029]/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;
/** In a `--reason` they mean the reason's start and end. */
const PINS = /^\^|\$$/g;
/** Each one more makes a reason that does not match slower to refuse. */
const MOST_STARS = 4;

/**
 * The reason with ids, numbers and addresses replaced by `*`: what letters have in common that failed for the same
 * reason, and a `--reason` that matches all of them.
 */
export function generaliseReason(reason: string, event: LetterEvent): string {
  const [line = ''] = reason.split(LINE_END);
  const ids = new Set(
    [event.eventId, event.transactionId, event.merchantOrderId, event.userId].filter(Boolean),
  );
  const general = line
    .replace(UNPRINTABLE, '*')
    .replace(ADDRESS, '*')
    .replace(REDACTED, '*')
    .replace(WORD, (word) => (/\p{N}/u.test(word) || ids.has(word) ? '*' : word))
    .replace(STARS, '*');
  return cutStars(general).trim().replace(PINS, '*') || '*';
}

function cutStars(reason: string): string {
  const pieces = reason.split('*');
  return pieces.length - 1 <= MOST_STARS ? reason : `${pieces.slice(0, MOST_STARS).join('*')}*`;
}
