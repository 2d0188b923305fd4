import type { Series } from '@cloudnestle/payments/invoices/numbers';
import type { DocumentStore, GivenNumber } from './document-store.ts';

/** So many are kept of each series: more than are given while a document is on its way. */
const KEPT = 1000;

/**
 * The numbers that this process has seen. A number is never changed or taken back, so what was seen stays so; only that it is
 * the last one may be over. The delivery that takes the next one learns that by the write's condition.
 */
export interface SeenNumbers {
  /** The last number that was seen, which need not be the last one any more; read where none was. */
  last(series: Series): Promise<GivenNumber | undefined>;
  /** The numbers from `sequence` on, without a gap, as far as they were seen; read where that one was not. */
  from(series: Series, sequence: number): Promise<readonly GivenNumber[]>;
  /** Reads what was given since `number`. */
  readOn(series: Series, number: GivenNumber | undefined): Promise<void>;
  add(series: Series, number: GivenNumber): void;
}

export function createSeenNumbers(
  store: Pick<DocumentStore, 'lastNumber' | 'numbersFrom'>,
): SeenNumbers {
  const seen = new Map<Series, readonly GivenNumber[]>();
  const reading = new Map<Series, Promise<GivenNumber | undefined>>();
  const learn = (series: Series, numbers: readonly GivenNumber[]) => {
    seen.set(series, joinRuns(seen.get(series) ?? [], numbers).slice(-KEPT));
  };
  const readLast = async (series: Series) => {
    try {
      const last = await store.lastNumber(series);
      if (last) learn(series, [last]);
      return last;
    } finally {
      reading.delete(series);
    }
  };
  const read = async (series: Series, sequence: number) => {
    const numbers = await store.numbersFrom(series, sequence);
    learn(series, numbers);
    return numbers;
  };
  return {
    last: async (series) => {
      const last = seen.get(series)?.at(-1);
      if (last) return last;
      // All records of a batch ask at once.
      const asked = reading.get(series) ?? readLast(series);
      reading.set(series, asked);
      return asked;
    },
    from: async (series, sequence) => {
      const run = seen.get(series) ?? [];
      const [first] = run;
      const start = Math.max(sequence, 1);
      const isSeen = first && first.sequence <= start && start < first.sequence + run.length;
      return isSeen ? run.slice(start - first.sequence) : read(series, sequence);
    },
    readOn: async (series, number) => {
      await read(series, number?.sequence ?? 0);
    },
    add: (series, number) => learn(series, [number]),
  };
}

/** Two runs without a gap as one; of two that do not meet, the later one. */
function joinRuns(
  one: readonly GivenNumber[],
  other: readonly GivenNumber[],
): readonly GivenNumber[] {
  const [a, b] = [one[0], other[0]];
  if (!a || !b) return a ? one : other;
  const isInOrder = a.sequence <= b.sequence;
  const [earlier, later] = isInOrder ? [one, other] : [other, one];
  const overlap = earlier.length - Math.abs(b.sequence - a.sequence);
  if (overlap < 0) return later;
  return overlap >= later.length ? earlier : [...earlier, ...later.slice(overlap)];
}
