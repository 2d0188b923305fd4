import { isDeepStrictEqual } from 'node:util';
import {
  type AttentionReason,
  type AttentionResolution,
  attentionReasons,
  attentionResolutionSchema,
} from '@cloudnestle/contracts/items/attention';
import { attentionShardOf } from '../index-keys.ts';
import { readLegacyReview, readReviewClearedAt } from './legacy-review.ts';
import {
  describe,
  isMap,
  MOST_FACTS,
  readEntry,
  readStanding,
  type Standing,
  type StoredRow,
  storedReasons,
  unreadable,
} from './standing.ts';

export type { StoredRow };

/** One reason why an order needs an operator. */
export interface Attention {
  reason: AttentionReason;
  /** ISO with milliseconds. */
  since: string;
  detail?: string;
}

/** A fact that needs an operator. */
export interface FactForAttention {
  reason: AttentionReason;
  /** When it happened or was found; ISO with milliseconds. */
  at: string;
  /**
   * The same fact has the same id, however often it is told: one that an operator has dealt with does not come back.
   * Without an id it is a finding of this moment: new, unless the reason stands already.
   */
  id?: string;
  /** It may be found again later, and each time is kept: an answer in between may have ended the earlier ones. */
  isRepeatable?: boolean;
  /** For an operator: no personal data. */
  detail?: string;
}

/**
 * The attributes of a row that say whether it needs an operator, as they are to be; undefined: not there. What is not
 * to change is the very value that the row holds. Write them together, on the condition that `attentionAttributes` are
 * as they were read; maps may be compared by being there, because each change of theirs brings another version. To take
 * several steps at once: `{ ...row, ...attributes }` is the next step's row.
 *
 * Every interleaving of two writers on one row is one after the other: the second writer finds another version, reads
 * again and decides again. So two raises both stand, a raise of one reason and the end of another both happen, and a
 * raise beside the end of the same reason is judged on what that end left behind: an operator's trace, or the facts
 * that ended it.
 */
export interface AttentionAttributes {
  attention: unknown;
  attentionResolved: unknown;
  attentionVersion: unknown;
  attentionShard: unknown;
  attentionSince: unknown;
  needsReview: unknown;
  reviewClearedAt: unknown;
}

/** Every attribute that these decisions are based on. */
export const attentionAttributes = [
  'attention',
  'attentionResolved',
  'attentionVersion',
  'attentionShard',
  'attentionSince',
  'needsReview',
  'reviewClearedAt',
] as const satisfies readonly (keyof AttentionAttributes)[];

/** What needs an operator about an order, the oldest first. An earlier version's review counts in any wording. */
export function readAttention(row: StoredRow): Attention[] {
  const standing = readStanding(row);
  const known = attentionReasons
    .flatMap((reason) => {
      const entry = standing[reason];
      if (entry === undefined) return [];
      const { since, detail } = entry;
      return [{ reason, since, ...(detail === undefined ? {} : { detail }) }];
    })
    .toSorted((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
  const foreign = Object.keys(standing);
  if (known.length > 0 || foreign.length === 0) return known;
  const { since } = unreadable(row);
  return [{ reason: 'NO_OUTCOME', since, detail: `a later version says ${foreign.join(', ')}` }];
}

/** How many facts stand behind each reason of `readAttention`: a second dispute of an order is one more. */
export function countFacts(row: StoredRow): Attention['reason'][] {
  const standing = readStanding(row);
  return readAttention(row).flatMap(({ reason }) =>
    Object.keys(standing[reason]?.facts ?? { one: true }).map(() => reason),
  );
}

/** Whether an order needs an operator for this reason. */
export function needsAttention(row: StoredRow, reason: AttentionReason): boolean {
  return readStanding(row)[reason] !== undefined;
}

/** Whether more may have become of an order than its row says: only the gateway's own answer tells. */
export function isOutcomeDoubtful(row: StoredRow): boolean {
  const standing = readStanding(row);
  const doubts = ['MISMATCH', 'NO_OUTCOME', 'NOT_REACHED'] as const satisfies AttentionReason[];
  return doubts.some((reason) => standing[reason] !== undefined);
}

/** The trace of the last operator's word on a reason, or undefined. */
export function readResolution(
  row: StoredRow,
  reason: AttentionReason,
): AttentionResolution | undefined {
  const stored = isMap(row.attentionResolved) ? row.attentionResolved[reason] : undefined;
  const parsed = attentionResolutionSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  const at = reason === 'MISMATCH' ? readReviewClearedAt(row) : undefined;
  return at === undefined ? undefined : { at, by: 'unknown', why: 'reconciled by hand' };
}

/**
 * The row once a fact is known that needs an operator. The same for any order and number of the same facts. Nothing changes
 * where an operator has dealt with this very fact.
 */
export function raiseAttention(
  row: StoredRow,
  fact: FactForAttention,
  { shardCount }: { shardCount: number },
): AttentionAttributes {
  const standing = readStanding(row);
  const { reason, at, id, detail } = fact;
  const entry = standing[reason];
  if (isDealtWith(row, fact) || (entry !== undefined && id === undefined)) return attentionOf(row);
  const key = keyOf(fact);
  const facts = entry?.facts ?? {};
  const known = Object.hasOwn(facts, key) ? facts[key] : undefined;
  const told = {
    at: known !== undefined && known.at < at ? known.at : at,
    ...(detail === undefined ? {} : { detail }),
  };
  const next = describe({ ...facts, [key]: told });
  if (isDeepStrictEqual(next, entry)) return attentionOf(row);
  return write(row, { ...standing, [reason]: next }, row.attentionResolved, shardCount);
}

/**
 * The row once a reason stands no more. `by` and `why`: an operator's word, which leaves a trace and is the end of every
 * fact that is known by then. Without it the facts themselves no longer bear the reason out: all of them, or `only`
 * those it accepts; a fact that is told again is then judged again.
 */
export function endAttention(
  row: StoredRow,
  reason: AttentionReason,
  options: {
    shardCount: number;
    resolution?: { at: string; by: string; why: string };
    /** `id` as the fact was raised with it. */
    only?: (fact: { id: string; at: string }) => boolean;
  },
): AttentionAttributes {
  const { shardCount, resolution, only = () => true } = options;
  const { [reason]: entry, ...others } = readStanding(row);
  if (entry === undefined) return attentionOf(row);
  const facts = Object.entries(entry.facts ?? {});
  const left = facts.filter(([key, { at }]) => !only({ id: idOf(key, at), at }));
  if (left.length === facts.length && facts.length > 0) return attentionOf(row);
  const next =
    left.length === 0 ? others : { ...others, [reason]: describe(Object.fromEntries(left)) };
  if (resolution === undefined) return write(row, next, row.attentionResolved, shardCount);
  const ids = [
    ...facts.map(([key, { at }]) => idOf(key, at)),
    ...(readResolution(row, reason)?.facts ?? []),
  ];
  const trace = { ...resolution, facts: [...new Set(ids)].slice(0, 2 * MOST_FACTS) };
  const before = isMap(row.attentionResolved) ? row.attentionResolved : {};
  return write(row, next, { ...before, [reason]: trace }, shardCount);
}

/** The row with an earlier version's review among its reasons, where the index finds it; else nothing changes. */
export function adoptReview(
  row: StoredRow,
  { shardCount }: { shardCount: number },
): AttentionAttributes {
  if (readLegacyReview(row) === undefined) return attentionOf(row);
  return write(row, readStanding(row), row.attentionResolved, shardCount);
}

/** Whether an operator has dealt with this very fact. No clock decides it: an operator's may be ahead. */
export function isDealtWith(
  row: StoredRow,
  { reason, at, id }: Pick<FactForAttention, 'reason' | 'at' | 'id'>,
): boolean {
  const resolution = readResolution(row, reason);
  if (resolution === undefined) return false;
  const { facts } = resolution;
  if (facts !== undefined) return id !== undefined && facts.includes(id);
  // An earlier version's operator had the order reconciled, and named no facts.
  return reason === 'MISMATCH' && at <= resolution.at;
}

/** Whether this very fact is among those that need an operator now. */
export function isStandingFact(row: StoredRow, reason: AttentionReason, id: string): boolean {
  const facts = readStanding(row)[reason]?.facts ?? {};
  return Object.entries(facts).some(([key, { at }]) => idOf(key, at) === id);
}

/** The key of a fact on the row. A finding without an id of its own is known by its time. */
function keyOf({ id, at, isRepeatable }: FactForAttention): string {
  if (id === undefined) return `@${at}`;
  return isRepeatable ? `${id} ${at}` : id;
}

function idOf(key: string, at: string): string {
  return key.endsWith(` ${at}`) ? key.slice(0, -at.length - 1) : key;
}

/** The attributes as the row holds them. */
export function attentionOf(row: StoredRow): AttentionAttributes {
  const { attention, attentionResolved, attentionVersion, attentionShard, attentionSince } = row;
  const { needsReview, reviewClearedAt } = row;
  return {
    attention,
    attentionResolved,
    attentionVersion,
    attentionShard,
    attentionSince,
    needsReview,
    reviewClearedAt,
  };
}

function write(
  row: StoredRow,
  standing: Standing,
  attentionResolved: unknown,
  shardCount: number,
): AttentionAttributes {
  const stored = storedReasons(row);
  // What this write is not about is kept as it was stored: a later version may say more than is read here.
  const kept = Object.entries(standing).map(([reason, entry]) => {
    const isSame =
      isMap(stored[reason]) && isDeepStrictEqual(readEntry(stored[reason], row), entry);
    return [reason, isSame ? stored[reason] : entry];
  });
  const sinces = Object.values(standing).flatMap((entry) => (entry ? [entry.since] : []));
  const attentionSince = sinces.toSorted()[0];
  return {
    attention: attentionSince === undefined ? undefined : Object.fromEntries(kept),
    attentionResolved,
    attentionVersion: (typeof row.attentionVersion === 'number' ? row.attentionVersion : 0) + 1,
    attentionShard:
      attentionSince === undefined
        ? undefined
        : attentionShardOf(String(row.transactionId), shardCount),
    attentionSince,
    needsReview: undefined,
    reviewClearedAt: row.reviewClearedAt,
  };
}
