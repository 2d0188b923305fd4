import {
  type AttentionEntry,
  type AttentionReason,
  type AttentionResolution,
  attentionEntrySchema,
  attentionReasons,
  attentionResolutionSchema,
} from '@cloudnestle/contracts/items/attention';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { attentionShardOf } from '../index-keys.ts';
import { readLegacyReview, readReviewClearedAt } from './legacy-review.ts';

/** A stored row, unparsed: what needs a person must be seen on rows that fit no contract, too. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** One reason why an order needs a person. */
export interface Attention {
  reason: AttentionReason;
  /** ISO with milliseconds. */
  since: string;
  detail?: string;
}

/** A fact that needs a person. */
export interface FactForAttention {
  reason: AttentionReason;
  /** When it happened or was found; ISO with milliseconds. */
  at: string;
  /**
   * The same fact has the same id, however often it is told: one that an operator has dealt with does not come back.
   * Without an id it is a finding of this moment: new, unless the reason stands already.
   */
  id?: string;
  /** For a person: no personal data. */
  detail?: string;
}

/**
 * The attributes of a row that say whether it needs a person, as they are to be; undefined: not there. What is not to
 * change is the very value that the row holds. Write them together, on the condition that `attentionAttributes` are as
 * they were read; maps may be compared by being there, because each change of theirs brings another version. To take
 * several steps at once: `{ ...row, ...attributes }` is the next step's row.
 *
 * Every interleaving of two writers on one row is one after the other: whoever writes second finds another version, reads
 * again and decides again. So two raises both stand, a raise of one reason and the end of another both happen, and a raise
 * beside the end of the same reason is judged on what that end left behind: an operator's trace, or the facts that ended it.
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

/** More facts than these are not told apart: the oldest and the newest are kept. */
const MOST_FACTS = 12;

/** What needs a person about an order, the oldest first. An earlier version's review counts, whatever it says. */
export function readAttention(row: StoredRow): Attention[] {
  const standing = readStanding(row);
  return attentionReasons
    .flatMap((reason) => {
      const entry = standing[reason];
      if (entry === undefined) return [];
      const { since, detail } = entry;
      return [{ reason, since, ...(detail === undefined ? {} : { detail }) }];
    })
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
}

/** Whether an order needs a person for this reason. */
export function needsAttention(row: StoredRow, reason: AttentionReason): boolean {
  return readStanding(row)[reason] !== undefined;
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
 * The row once a fact is known that needs a person. The same for any order and number of the same facts. Nothing changes
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
  if (isDealtWith(row, fact) || (entry !== undefined && id === undefined)) return unchanged(row);
  const key = id ?? findingId(at);
  const facts = entry?.facts ?? {};
  const known = Object.hasOwn(facts, key) ? facts[key] : undefined;
  const told = {
    at: known !== undefined && known.at < at ? known.at : at,
    ...(detail === undefined ? {} : { detail }),
  };
  if (known !== undefined && known.at === told.at && known.detail === told.detail) {
    return unchanged(row);
  }
  const next = { ...standing, [reason]: describe({ ...facts, [key]: told }) };
  return write(row, next, row.attentionResolved, shardCount);
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
    only?: (id: string, fact: { at: string }) => boolean;
  },
): AttentionAttributes {
  const { shardCount, resolution, only = () => true } = options;
  const { [reason]: entry, ...others } = readStanding(row);
  if (entry === undefined) return unchanged(row);
  const facts = Object.entries(entry.facts ?? {});
  const left = facts.filter(([id, fact]) => !only(id, fact));
  if (left.length === facts.length && facts.length > 0) return unchanged(row);
  const next =
    left.length === 0 ? others : { ...others, [reason]: describe(Object.fromEntries(left)) };
  if (resolution === undefined) return write(row, next, row.attentionResolved, shardCount);
  const ids = [...facts.map(([id]) => id), ...(readResolution(row, reason)?.facts ?? [])];
  const trace = { ...resolution, facts: [...new Set(ids)].slice(0, 2 * MOST_FACTS) };
  const before = isMap(row.attentionResolved) ? row.attentionResolved : {};
  return write(row, next, { ...before, [reason]: trace }, shardCount);
}

/** The id of a finding that has none of its own. */
export function findingId(at: string): string {
  return `@${at}`;
}

type Standing = Partial<Record<string, AttentionEntry>>;

/** Reasons of a later version stay as they are. An entry that cannot be read still counts. */
function readStanding(row: StoredRow): Standing {
  const stored = Object.entries(isMap(row.attention) ? row.attention : {});
  const entries = stored.map(([reason, value]) => [reason, readEntry(value, row)]);
  const legacy = readLegacyReview(row);
  const standing: Standing = Object.fromEntries(entries);
  if (legacy === undefined || standing[legacy.reason] !== undefined) return standing;
  const { reason, since, detail } = legacy;
  return { ...standing, [reason]: describe({ [findingId(since)]: { at: since, detail } }) };
}

function readEntry(value: unknown, row: StoredRow): AttentionEntry {
  const parsed = attentionEntrySchema.safeParse(value);
  const { facts, ...said } = parsed.success ? parsed.data : unreadable(row);
  if (facts !== undefined) return { ...said, facts };
  const { since, detail } = said;
  const fact = { at: since, ...(detail === undefined ? {} : { detail }) };
  return { ...said, facts: { [findingId(since)]: fact } };
}

function unreadable(row: StoredRow): AttentionEntry {
  const since = timestampSchema.safeParse(row.attentionSince).data ?? new Date(0).toISOString();
  return { since, detail: 'what the row says of it cannot be read' };
}

/** What an operator has dealt with. A mismatch is a finding of its moment: what was found before the word is outdated. */
function isDealtWith(row: StoredRow, { reason, at, id }: FactForAttention): boolean {
  const resolution = readResolution(row, reason);
  if (resolution === undefined) return false;
  const isKnown = id !== undefined && (resolution.facts ?? []).includes(id);
  return isKnown || (reason === 'MISMATCH' && at <= resolution.at);
}

function describe(
  facts: Record<string, { at: string; detail?: string | undefined }>,
): AttentionEntry {
  const byAge = Object.entries(facts).toSorted(([a, { at }], [b, other]) =>
    at === other.at ? (a < b ? -1 : 1) : at < other.at ? -1 : 1,
  );
  const kept =
    byAge.length > MOST_FACTS ? [...byAge.slice(0, 1), ...byAge.slice(1 - MOST_FACTS)] : byAge;
  const detail = kept.map(([, fact]) => fact.detail).find((each) => each !== undefined);
  return {
    since: kept[0]?.[1].at ?? new Date(0).toISOString(),
    ...(detail === undefined ? {} : { detail }),
    facts: Object.fromEntries(
      kept.map(([id, { at, detail: said }]) => [
        id,
        { at, ...(said === undefined ? {} : { detail: said }) },
      ]),
    ),
  };
}

function unchanged(row: StoredRow): AttentionAttributes {
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
  const sinces = Object.values(standing).flatMap((entry) => (entry ? [entry.since] : []));
  const attentionSince = sinces.toSorted()[0];
  return {
    attention: attentionSince === undefined ? undefined : standing,
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

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
