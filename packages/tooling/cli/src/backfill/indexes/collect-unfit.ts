import { maskText } from '../../output/mask-text.ts';

/** Rows that an index would make unwritable. */
export interface UnfitRows {
  attribute: string;
  rows: number;
  /** The first few, by their keys; addresses in them are masked. */
  examples: string[];
}

const MOST_EXAMPLES = 5;
/** DynamoDB takes no longer sort key; a partition key may be twice as long, and none of ours is. */
const LONGEST_BYTES = 1024;

/** Collects rows in which one of the attributes is there and is no text. `keys` are the table's own. */
export function collectUnfit(keys: readonly string[], attributes: readonly string[]) {
  const found = new Map<string, UnfitRows>();
  return {
    note(item: Readonly<Record<string, unknown>>): void {
      for (const attribute of attributes.filter((name) => !fits(item[name]))) {
        const unfit = found.get(attribute) ?? { attribute, rows: 0, examples: [] };
        found.set(attribute, unfit);
        unfit.rows += 1;
        const key = keys.map((name) => maskText(String(item[name]))).join(' ');
        if (unfit.examples.length < MOST_EXAMPLES) unfit.examples.push(key);
      }
    },
    list: () => [...found.values()],
  };
}

function fits(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= LONGEST_BYTES;
}
