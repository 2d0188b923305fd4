import { transactionItemSchema } from '@cloudnestle/contracts/items/transaction';
import { grossOf } from '@cloudnestle/payments/invoices/tax';
import { refundedInPaisa } from '../attention/money-steps.ts';
import type { BookedNumber } from './read-books.ts';

/** What is wrong in the books, or what an accountant must know of. */
export interface BookFinding {
  kind:
    | 'gap'
    | 'given twice'
    | 'without document'
    | 'date runs back'
    | 'sum is wrong'
    | 'amount differs'
    | 'credited too much'
    | 'credited too little'
    | 'no document'
    | 'assumed State';
  /** A number or a transaction id. */
  of: string;
  words: string;
}

/** Findings that are no fault: the exit status leaves them out. */
export function isFault({ kind }: BookFinding): boolean {
  return kind !== 'assumed State';
}

/** A paid order of the range without a document is given an hour. */
const PATIENCE_MS = 3_600_000;

const rowSchema = transactionItemSchema.pick({
  transactionId: true,
  status: true,
  amount: true,
  accessRevokedAt: true,
  duplicateOf: true,
  completedAt: true,
  completedAttempts: true,
});

/**
 * Holds the numbers of a range to each other and to the orders. `rows` are the orders' rows: those of the documents, and those that were
 * made in the range.
 */
export function checkBooks(
  numbers: readonly BookedNumber[],
  context: {
    sequences: ReadonlyMap<string, readonly number[]>;
    rows: ReadonlyMap<string, Record<string, unknown>>;
    /** Whether an order has an invoice, of whatever day. */
    isInvoiced: ReadonlySet<string>;
    now: Date;
  },
): BookFinding[] {
  const { sequences, rows } = context;
  return [
    ...findGaps(sequences),
    ...findRepeats(numbers),
    ...numbers.flatMap((number, at) => checkNumber(number, numbers[at - 1])),
    ...numbers.flatMap((number) => checkAgainstRow(number, rows.get(number.transactionId))),
    ...[...rows.values()].flatMap((row) => checkOrder(row, context)),
  ];
}

function findGaps(sequences: ReadonlyMap<string, readonly number[]>): BookFinding[] {
  return [...sequences].flatMap(([series, given]) =>
    given.flatMap((sequence, at) => {
      const before = given[at - 1] ?? 0;
      return sequence === before + 1
        ? []
        : [
            {
              kind: 'gap' as const,
              of: series,
              words: `${sequence} follows ${before}: numbers between them are missing`,
            },
          ];
    }),
  );
}

function findRepeats(numbers: readonly BookedNumber[]): BookFinding[] {
  return [...Map.groupBy(numbers, ({ owner }) => owner).values()]
    .filter((each) => each.length > 1)
    .map((each) => ({
      kind: 'given twice',
      of: each[0]?.transactionId ?? '',
      words: `one document has the numbers ${each.map(({ number }) => number).join(' and ')}`,
    }));
}

function checkNumber(
  { number, series, at, stored }: BookedNumber,
  before: BookedNumber | undefined,
): BookFinding[] {
  const findings: BookFinding[] = [];
  if (before?.series === series && before.at > at) {
    findings.push({
      kind: 'date runs back',
      of: number,
      words: `${before.number} is dated ${before.at}, after ${at}`,
    });
  }
  if (!stored) {
    findings.push({
      kind: 'without document',
      of: number,
      words: 'it was taken, and its document is not written yet',
    });
    return findings;
  }
  const { tax, totalInPaisa, isPlaceOfSupplyAssumed, credits } = stored.document;
  if (grossOf(tax) !== totalInPaisa) {
    findings.push({
      kind: 'sum is wrong',
      of: number,
      words: `its parts are ${grossOf(tax)} paisa, its total ${totalInPaisa}`,
    });
  }
  if (isPlaceOfSupplyAssumed && !credits) {
    findings.push({
      kind: 'assumed State',
      of: number,
      words: 'the buyer never said where they are',
    });
  }
  return findings;
}

function checkAgainstRow(
  { number, stored, creditedInPaisa }: BookedNumber,
  item: Record<string, unknown> | undefined,
): BookFinding[] {
  const row = rowSchema.safeParse(item).data;
  if (!stored || stored.document.credits || !row || !item) return [];
  const { totalInPaisa } = stored.document;
  const findings: BookFinding[] = [];
  if (row.amount !== totalInPaisa) {
    findings.push({
      kind: 'amount differs',
      of: number,
      words: `${totalInPaisa} paisa, and the order was for ${row.amount}`,
    });
  }
  const beside = ((row.completedAttempts ?? 1) - 1) * row.amount;
  const owed = Math.min(Math.max(refundedInPaisa(item) - beside, 0), totalInPaisa);
  const isReversed = row.duplicateOf !== undefined || creditedInPaisa === totalInPaisa;
  if (creditedInPaisa > owed && !isReversed) {
    findings.push({
      kind: 'credited too much',
      of: number,
      words: `${creditedInPaisa} paisa are credited, ${owed} went back`,
    });
  }
  if (creditedInPaisa < owed) {
    findings.push({
      kind: 'credited too little',
      of: number,
      words: `${creditedInPaisa} paisa are credited, ${owed} went back`,
    });
  }
  return findings;
}

function checkOrder(
  item: Record<string, unknown>,
  { isInvoiced, now }: { isInvoiced: ReadonlySet<string>; now: Date },
): BookFinding[] {
  const row = rowSchema.safeParse(item).data;
  if (row?.status !== 'COMPLETED' || isInvoiced.has(row.transactionId)) return [];
  if (row.accessRevokedAt !== undefined || row.duplicateOf !== undefined) return [];
  const ageMs = now.getTime() - new Date(row.completedAt ?? now).getTime();
  if (ageMs < PATIENCE_MS) return [];
  return [
    {
      kind: 'no document',
      of: row.transactionId,
      words: `paid at ${row.completedAt ?? 'an unknown time'}, and it has no invoice`,
    },
  ];
}
