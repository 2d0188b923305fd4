import type { Clock } from '@cloudnestle/payments/clock';
import { endOfSeries, type Series } from '@cloudnestle/payments/invoices/numbers';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { DocumentKey, DocumentStore, GivenNumber } from './document-store.ts';

/** So many others may take the next number first; then the record comes again. */
const ROUNDS = 50;

/**
 * The number of a document: the one that it has, else the next one of its series.
 *
 * A number exists only as an item that names its document, and is taken only where the one before it was seen, so there is
 * no gap, whichever delivery dies when. A document's number is always above `from`, the last one of when the document was first thought of: all
 * of those are looked through before another one is taken, so a document never has two. A delivery that was killed after it had
 * taken a number is so finished by the next one, however late.
 *
 * The date is taken with the number. Where this clock is behind the one that dated the number before it, that date is
 * taken again, so dates never run backwards; and none leaves the series' financial year.
 */
export async function claimNumber(
  { store, now }: { store: DocumentStore; now: Clock },
  key: DocumentKey,
  { series, from }: { series: Series; from: number },
): Promise<GivenNumber> {
  let seen: GivenNumber | undefined;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const numbers = await store.numbersFrom(series, seen?.sequence ?? from);
    const own = numbers.find((each) => isSame(each.key, key));
    if (own) return own;
    seen = numbers.at(-1) ?? seen;
    const next = { sequence: (seen?.sequence ?? 0) + 1, at: dateOf(series, now(), seen), key };
    if (await store.take(series, next)) return next;
  }
  throw new RetryLaterError(`the numbers of ${series} are in demand`, { retryInSeconds: 1 });
}

/** The number that a document has already, be it by a delivery that died before it wrote the document. */
export async function findNumber(
  { store }: { store: DocumentStore },
  key: DocumentKey,
  { series, from }: { series: Series; from: number },
): Promise<GivenNumber | undefined> {
  const numbers = await store.numbersFrom(series, from);
  return numbers.find((each) => isSame(each.key, key));
}

function dateOf(series: Series, now: Date, before: GivenNumber | undefined): Date {
  const earliestMs = before?.at.getTime() ?? 0;
  return new Date(Math.min(Math.max(now.getTime(), earliestMs), endOfSeries(series).getTime()));
}

function isSame(one: DocumentKey, other: DocumentKey): boolean {
  return one.pk === other.pk && one.sk === other.sk;
}
