import type { AttentionReason } from '@cloudnestle/contracts/items/attention';
import { timestampSchema } from '@cloudnestle/contracts/time';

/**
 * What rows of an earlier version say instead of `attention`: `needsReview`, a sentence for a person. It counts as long
 * as it is there; the next write that touches the order's attention puts it into the map.
 */
export function readLegacyReview(
  row: Readonly<Record<string, unknown>>,
): { reason: AttentionReason; since: string; detail: string } | undefined {
  const { needsReview } = row;
  if (needsReview === undefined || needsReview === null) return undefined;
  const detail = typeof needsReview === 'string' && needsReview !== '' ? needsReview : 'unreadable';
  return { reason: reasonOf(detail), since: readSince(row), detail };
}

/** When an earlier version's operator had the order reconciled: a mismatch found before that is outdated. */
export function readReviewClearedAt(row: Readonly<Record<string, unknown>>): string | undefined {
  return timestampSchema.safeParse(row.reviewClearedAt).data;
}

/** The sentences that the earlier version wrote begin so. */
function reasonOf(sentence: string): AttentionReason {
  if (sentence.startsWith("the gateway's answer does not fit")) return 'MISMATCH';
  if (sentence.startsWith('paid here, and the gateway says')) return 'EFFECTS_MISSING';
  if (sentence.startsWith('paid, published again')) return 'EFFECTS_MISSING';
  return 'NO_OUTCOME';
}

/** It did not say since when: the row's last write is the best guess, and never too early. */
function readSince(row: Readonly<Record<string, unknown>>): string {
  const times = [row.updatedAt, row.createdAt].map((each) =>
    typeof each === 'string' ? new Date(each) : new Date(Number.NaN),
  );
  const known = times.find((each) => !Number.isNaN(each.getTime())) ?? new Date(0);
  return known.toISOString();
}
