import { ADDRESS, maskText } from '../../words/mask.ts';
import type { Letter, LetterEvent, LetterFailure } from '../letter.ts';
import { failedAt, type LetterFilter, matchesFilter } from '../letter-filter.ts';

/** Letters of one queue that failed for the same reason. */
export interface Group {
  queue: string;
  /** With `*` for what differs. */
  reason: string;
  count: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  kinds: Partial<Record<LetterFailure['kind'], number>>;
  /** Letters that no subscriber of this version can take. */
  cannotSucceed: number;
  /** Why, some of the words. */
  obstacles: string[];
  /** Letters that name no subscriber. */
  noDestination: number;
  /** Letters that were replayed before. */
  replayed: number;
  mostReplays: number;
}

/** So few letters that each can be named by its id. */
export const MOST_IDS = 3;

/** A reason as letters have it, and whose it is: a group's, or left out by the filter's `reason`. */
export interface Reason {
  text: string;
  /** The same in lower case. */
  lowerCase: string;
  count: number;
  /** Message ids, of some of the letters. */
  ids: string[];
  group: Group | undefined;
}

export interface Grouping {
  note(letter: Letter): void;
  groups(): Group[];
  /** Every reason of the letters that all of the filter but its `reason` fits. */
  reasons(): Reason[];
}

const MOST_OBSTACLES = 3;

/** Sorts a queue's letters into groups. */
export function startGrouping(queue: string, filter: LetterFilter): Grouping {
  const { reason: wanted, ...others } = filter;
  const groups = new Map<string, Group>();
  const reasons = new Map<string, Reason>();
  const groupOf = (letter: Letter): Group => {
    const reason = generaliseReason(letter.failure.reason, letter.event);
    // The filter takes no notice of case either.
    const key = reason.toLowerCase();
    const group = groups.get(key) ?? startGroup(queue, reason, letter);
    groups.set(key, group);
    return group;
  };
  const note = (letter: Letter): void => {
    if (!matchesFilter(letter, others)) return;
    const isMeant = matchesFilter(letter, { reason: wanted });
    const group = isMeant ? groupOf(letter) : undefined;
    if (group) addLetter(group, letter);
    const { reason: text } = letter.failure;
    const key = `${text}\n${group?.reason}`;
    const reason = reasons.get(key) ?? startReason(text, group);
    reason.count += 1;
    if (reason.ids.length < MOST_IDS) reason.ids.push(letter.messageId);
    reasons.set(key, reason);
  };
  return { note, groups: () => [...groups.values()], reasons: () => [...reasons.values()] };
}

function startReason(text: string, group: Group | undefined): Reason {
  return { text, lowerCase: text.toLowerCase(), count: 0, ids: [], group };
}

function startGroup(queue: string, reason: string, letter: Letter): Group {
  const at = failedAt(letter);
  return {
    queue,
    reason,
    count: 0,
    firstFailedAt: at,
    lastFailedAt: at,
    kinds: {},
    cannotSucceed: 0,
    obstacles: [],
    noDestination: 0,
    replayed: 0,
    mostReplays: 0,
  };
}

function addLetter(group: Group, letter: Letter): void {
  const { failure, obstacle, replay, subscriber } = letter;
  const lastAt = failedAt(letter);
  const firstAt = failure.firstAt === undefined ? lastAt : new Date(failure.firstAt);
  const replays = Number(replay.replayCount ?? 0);
  group.count += 1;
  if (firstAt < group.firstFailedAt) group.firstFailedAt = firstAt;
  if (lastAt > group.lastFailedAt) group.lastFailedAt = lastAt;
  group.kinds[failure.kind] = (group.kinds[failure.kind] ?? 0) + 1;
  if (obstacle !== undefined) group.cannotSucceed += 1;
  if (subscriber === undefined) group.noDestination += 1;
  if (replays > 0) group.replayed += 1;
  group.mostReplays = Math.max(group.mostReplays, replays);
  const words = obstacle && maskText(obstacle);
  if (!words || group.obstacles.includes(words)) return;
  if (group.obstacles.length < MOST_OBSTACLES) group.obstacles.push(words);
}

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
