import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ifConditionHolds } from '@cloudnestle/runtime/aws-errors';
import { RetryLaterError } from '@cloudnestle/runtime/errors';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import type { TokenRecord, UsageCounter } from './dependencies.ts';
import { buildCount, readUsage } from './usage.ts';

/** One is the rule, a second try meets the day's first search; more would be a bug. */
const ROUNDS = 5;

interface Stores {
  /** Must not repeat calls by itself: a write whose answer was lost may stand. */
  counter: DynamoDBDocumentClient;
  read: ReadItem;
  table: string;
}

/**
 * Counts searches on the records: one conditional write each, and another one where the record is not as it was read any
 * more. The limit stands in the condition, so that no number of searches at once passes it.
 */
export function createUsageCounter(stores: Stores): UsageCounter {
  return {
    count: async (record, day, { limit, over }) => {
      let current = record;
      for (let round = 1; round <= ROUNDS; round += 1) {
        const usage = readUsage(current, day);
        if (usage.used >= limit) return { kind: 'exhausted', used: usage.used };
        over.throwIfAborted();
        const written = await write(stores, current, buildCount(usage.next, day, limit));
        if (written) return { kind: 'counted', used: readUsage(written, day).used };
        current = await readAgain(stores, current);
      }
      throw new RetryLaterError(`usage kept changing under ${ROUNDS} tries`);
    },
  };
}

/** The record as it is then, or undefined where the condition did not hold. */
async function write(
  { counter, table }: Stores,
  record: TokenRecord,
  expressions: ReturnType<typeof buildCount>,
): Promise<TokenRecord | undefined> {
  const answer = await ifConditionHolds(
    counter.send(
      new UpdateCommand({
        TableName: table,
        Key: { ...record.key },
        ReturnValues: 'ALL_NEW',
        ...expressions,
      }),
    ),
  );
  return answer && { ...record, item: answer.Attributes ?? {} };
}

async function readAgain({ read, table }: Stores, record: TokenRecord): Promise<TokenRecord> {
  const item = await read({ table, key: { ...record.key } });
  if (!item) throw new RetryLaterError('the record went away while a search was counted');
  return { ...record, item };
}
