import { type AttentionEntry, attentionEntrySchema } from '@cloudnestle/contracts/items/attention';
import { timestampSchema } from '@cloudnestle/contracts/time';
import { readLegacyReview } from './legacy-review.ts';

/** A stored row, unparsed: what needs an operator must be seen on rows that fit no contract, too. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** More facts than these are not told apart: the oldest and the newest are kept. */
export const MOST_FACTS = 12;

/** The reasons that stand on a row, each with its facts. */
export type Standing = Partial<Record<string, AttentionEntry>>;

/** Reasons of a later version stay as they are. An entry that cannot be read still counts. */
export function readStanding(row: StoredRow): Standing {
  const entries = Object.entries(storedReasons(row)).map(([reason, value]) => [
    reason,
    readEntry(value, row),
  ]);
  const legacy = readLegacyReview(row);
  const standing: Standing = Object.fromEntries(entries);
  if (legacy === undefined || standing[legacy.reason] !== undefined) return standing;
  const { reason, since, detail } = legacy;
  return {
    ...standing,
    [reason]: describe({ [`@${since}`]: { at: since, detail } }),
  };
}

/** What is there and is no map needs an operator, too: no reason can be read from it. */
export function storedReasons(row: StoredRow): Readonly<Record<string, unknown>> {
  if (isMap(row.attention)) return row.attention;
  return row.attention === undefined || row.attention === null ? {} : { NO_OUTCOME: row.attention };
}

export function readEntry(value: unknown, row: StoredRow): AttentionEntry {
  const parsed = attentionEntrySchema.safeParse(value);
  const { facts, ...said } = parsed.success ? parsed.data : unreadable(row);
  if (facts !== undefined) return { ...said, facts };
  const { since, detail } = said;
  const fact = { at: since, ...(detail === undefined ? {} : { detail }) };
  return { ...said, facts: { [`@${since}`]: fact } };
}

export function unreadable(row: StoredRow): AttentionEntry {
  const since = timestampSchema.safeParse(row.attentionSince).data ?? new Date(0).toISOString();
  return { since, detail: 'what the row says of it cannot be read' };
}

export function describe(
  facts: Record<string, { at: string; detail?: string | undefined }>,
): AttentionEntry {
  const byAge = Object.entries(facts).toSorted(([a, { at }], [b, other]) =>
    at === other.at ? (a < b ? -1 : 1) : at < other.at ? -1 : 1,
  );
  const kept =
    byAge.length > MOST_FACTS ? [...byAge.slice(0, 1), ...byAge.slice(1 - MOST_FACTS)] : byAge;
  const said = kept.flatMap(([, fact]) => (fact.detail === undefined ? [] : [fact.detail]));
  // The newest, because a dispute that was lost matters more than that it was opened.
  const newest = said.at(-1);
  const detail = newest && said.length > 1 ? `${newest}; ${said.length - 1} earlier` : newest;
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

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
