import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Pace } from '@cloudnestle/operations/create-pace';
import { maskText } from '@cloudnestle/operations/words/mask';
import type { TableDefinition } from '@cloudnestle/topology/types';
import type { IndexResult, UnfitRows } from '../result.ts';

/** Marks in `results` which missing indexes must not be made, and why. Looks at the rows of tables that lack an index. */
export async function blockUnfit(
  scan: ScanOptions,
  tables: readonly TableDefinition[],
  results: readonly IndexResult[],
): Promise<void> {
  for (const table of tables) {
    const missing = results.filter(
      (result) => result.table === table.name && result.state === 'missing',
    );
    const indexes = table.indexes.filter(({ name }) => missing.some(({ index }) => index === name));
    if (indexes.length === 0) continue;
    const unfit = await findUnfitRows(scan, table, indexes);
    for (const index of indexes) {
      const blockedBy = unfit.filter(({ attribute }) => listKeys(index).includes(attribute));
      const result = missing.find((each) => each.index === index.name);
      if (result && blockedBy.length > 0) Object.assign(result, { state: 'blocked', blockedBy });
    }
  }
}

interface ScanOptions {
  dynamo: DynamoDBDocumentClient;
  pace: Pace;
  onProgress(looked: number): void;
}

const PAGE = 100;

/**
 * Finds rows in which a key of the indexes is there and is no text. DynamoDB leaves them out of a new index, and from
 * then on refuses every write of them: such an index must not be made.
 */
async function findUnfitRows(
  { dynamo, pace, onProgress }: ScanOptions,
  table: TableDefinition,
  indexes: TableDefinition['indexes'],
): Promise<UnfitRows[]> {
  const attributes = [...new Set(indexes.flatMap(listKeys))];
  const unfit = collectUnfit(listKeys(table), attributes);
  const names = [...new Set([...listKeys(table), ...attributes])];
  const pages = paginateScan(
    { client: dynamo, pageSize: PAGE },
    {
      TableName: table.name,
      ProjectionExpression: names.map((_, at) => `#n${at}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name, at) => [`#n${at}`, name])),
    },
  );
  let looked = 0;
  for await (const { Items = [] } of pages) {
    for (const item of Items) unfit.note(item);
    looked += Items.length;
    onProgress(looked);
    if (!(await pace(Items.length))) break;
  }
  return unfit.list();
}

/** The names of a table's or an index's keys. */
function listKeys({ partitionKey, sortKey }: { partitionKey: string; sortKey?: string }) {
  return sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
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
