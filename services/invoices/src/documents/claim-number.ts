import type { Clock } from '@cloudnestle/payments/clock';
import { endOfSeries, type Series } from '@cloudnestle/payments/invoices/numbers';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { DocumentKey, DocumentStore, GivenNumber } from './document-store.ts';
import type { SeenNumbers } from './seen-numbers.ts';

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
 * What this process has seen of the numbers it does not read again: if the next one is free, those were all. If it is
 * not, what others have given since is read and looked through as well.
 *
 * The date is taken with the number. Where this clock is behind the one that dated the number before it, that date is
 * taken again, so dates never run backwards; and none leaves the series' financial year.
 */
export async function claimNumber(
  { store, numbers, now }: { store: DocumentStore; numbers: SeenNumbers; now: Clock },
  key: DocumentKey,
  { series, from }: { series: Series; from: number },
): Promise<GivenNumber> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const given = await numbers.from(series, from);
    const own = given.find((each) => isSame(each.key, key));
    if (own) return own;
    const last = given.at(-1);
    const next = { sequence: (last?.sequence ?? 0) + 1, at: dateOf(series, now(), last), key };
    if (await store.take(series, next)) {
      numbers.add(series, next);
      return next;
    }
    await numbers.readOn(series, last);
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
