import type { DocumentItem, InvoiceDocument } from '@cloudnestle/contracts/items/invoice';
import type { RenderedPdf } from '@cloudnestle/invoice-pdf/render';
import type { Clock } from '@cloudnestle/payments/clock';
import type { IssuedNumber } from '@cloudnestle/payments/invoices/build-document';
import {
  type DocumentKind,
  formatNumber,
  type Series,
  seriesOf,
} from '@cloudnestle/payments/invoices/numbers';
import { PermanentError, RetryLaterError } from '@cloudnestle/runtime/errors';
import type { Metrics } from '@cloudnestle/runtime/metrics';
import { claimNumber } from './claim-number.ts';
import type { DocumentKey, DocumentStore, GivenNumber } from './document-store.ts';
import type { SeenNumbers } from './seen-numbers.ts';

export interface IssueDependencies {
  store: DocumentStore;
  numbers: SeenNumbers;
  now: Clock;
  metrics: Metrics;
  seriesPrefix: string;
  /**
   * Whether a document stays among the open ones until it was told of: where no delivery comes again if this run dies between the
   * two.
   */
  staysOpen: boolean;
  render(document: InvoiceDocument): Promise<RenderedPdf>;
  /** Runs one after the other what is given to it: deliveries of one function need not fight for the same number. */
  inLine<T>(work: () => Promise<T>): Promise<T>;
}

/** An item whose document is issued. */
export type IssuedItem = DocumentItem & { document: InvoiceDocument; pdfSha256: string };

export function isIssued(item: DocumentItem | undefined): item is IssuedItem {
  return item?.document !== undefined && item.pdfSha256 !== undefined;
}

/**
 * Notes that a document is thought of, so that it is missed if it never comes. A document that was found not to be due is thought of
 * anew with the series of today, once no delivery of then can still be at work on it.
 */
export async function thinkOf(
  deps: IssueDependencies,
  key: DocumentKey,
  facts: { kind: DocumentKind; transactionId: string },
): Promise<DocumentItem> {
  const found = await deps.store.find(key);
  if (found) return found;
  const created = await deps.store.create(key, await describeNew(deps, facts));
  if (created) return created;
  // Another delivery was faster, or the answer to this one's own write was lost.
  const there = await deps.store.find(key);
  if (there) return there;
  throw new RetryLaterError('a document that was just noted is not there');
}

/** Longer than any delivery lives: what it saw then it acts on no more. */
const SETTLED_MS = 10 * 60_000;

/** A document that was found not to be due is due after all. */
export async function thinkAgain(
  deps: IssueDependencies,
  item: DocumentItem,
  kind: DocumentKind,
): Promise<DocumentItem> {
  const { pk, sk, none, transactionId } = item;
  if (none === undefined) return item;
  const ageMs = deps.now().getTime() - new Date(none.at).getTime();
  if (ageMs < SETTLED_MS) {
    throw new RetryLaterError('the document was just found not to be due', {
      retryInSeconds: Math.ceil((SETTLED_MS - ageMs) / 1000),
    });
  }
  const facts = await describeNew(deps, { kind, transactionId });
  const reopened = await deps.store.reopen({ pk, sk }, none.at, facts);
  return reopened ?? (await deps.store.find({ pk, sk })) ?? item;
}

async function describeNew(
  { numbers, now, seriesPrefix }: IssueDependencies,
  { kind, transactionId }: { kind: DocumentKind; transactionId: string },
) {
  const series = seriesOf(kind, now(), seriesPrefix);
  const last = await numbers.last(series);
  return { transactionId, series, from: last?.sequence ?? 0, now: now() };
}

/**
 * Issues a document that is due: its number, its text, the hash of its PDF, in this order. Of several deliveries at it at once
 * the first one's text counts, once and for ever.
 */
export async function issueDocument(
  deps: IssueDependencies,
  item: DocumentItem,
  options: { build(number: IssuedNumber): InvoiceDocument; isCounted: boolean },
): Promise<IssuedItem> {
  const { store, metrics, render, inLine, staysOpen } = deps;
  const key = { pk: item.pk, sk: item.sk };
  if (isIssued(item)) {
    // The delivery that wrote it may have died before it counted it.
    if (options.isCounted) metrics.count('DocumentIssued');
    return item;
  }
  const given = await inLine(() => claimNumber(deps, key, item));
  const document = options.build(describeNumber(item.series, given));
  const { sha256 } = await render(document);
  const written = await store.issue(key, { document, pdfSha256: sha256, staysOpen });
  // Also where it was there already: a lost answer makes the SDK repeat the write, and meet its own first try.
  metrics.count('DocumentIssued');
  const issued = written ?? (await store.find(key));
  if (!isIssued(issued)) throw new RetryLaterError('a document that was just written is not there');
  if (issued.document.number !== document.number) {
    throw new PermanentError(`${key.pk} ${key.sk} has two numbers: ${document.number} as well`);
  }
  return issued;
}

function describeNumber(series: Series, { sequence, at }: GivenNumber): IssuedNumber {
  return { number: formatNumber(series, sequence), issuedAt: at };
}
