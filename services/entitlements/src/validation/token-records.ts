import { createHash, timingSafeEqual } from 'node:crypto';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordKey } from '@cloudnestle/payments/access';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import { waitForAll } from '@cloudnestle/runtime/wait-for-all';
import * as z from 'zod';
import { INDEX_LAG_MS, type TokenRecord, type TokenRecords } from './dependencies.ts';

const keysSchema = z.array(z.object({ pk: z.string(), sk: z.string() }));

interface Stores {
  dynamo: DynamoDBDocumentClient;
  /** A token stands on up to two records, which are read in one moment. */
  read: ReadItem;
  table: string;
  /** The index by token. */
  index: string;
  sleep(ms: number): Promise<unknown>;
}

/**
 * The records by token. The index lags, so it only says where to look: what counts is what the items say, read
 * consistently. A token that it does not know is looked up a second time, because a payment may have just made its record:
 * only where it has the form of one, or a flood of anything would hold each call for that long.
 */
export function createTokenRecords(stores: Stores): TokenRecords {
  return {
    find: async (token, solutionId) => {
      const found = await findOnce(stores, token, solutionId);
      if (found.length > 0 || !mayBeNew(token)) return found;
      await stores.sleep(INDEX_LAG_MS);
      return findOnce(stores, token, solutionId);
    },
  };
}

/**
 * Forms of tokens that are made nowadays: derived (`tok_perm_` and 32 hex digits), random (`tok_` and 64) and UUIDs. One of
 * another form is looked up like any other, once: it can be old, and has long been in the index then.
 */
const NEW_TOKEN =
  /^(?:tok_(?:perm_)?(?:[0-9a-f]{32}|[0-9a-f]{64})|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function mayBeNew(token: string): boolean {
  return NEW_TOKEN.test(token);
}

async function findOnce(stores: Stores, token: string, solutionId: string): Promise<TokenRecord[]> {
  const keys = await listKeys(stores, token, solutionId);
  const found = await waitForAll(keys.map((key) => readRecord(stores, key)));
  return found.flatMap((record) => (record && isSame(record.item.token, token) ? [record] : []));
}

/** One page holds more records than any token stands on. */
async function listKeys(
  { dynamo, table, index }: Stores,
  token: string,
  solutionId: string,
): Promise<RecordKey[]> {
  const answer = await dynamo.send(
    new QueryCommand({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: '#token = :token',
      FilterExpression: 'sk = :solution',
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: { ':token': token, ':solution': `solution#${solutionId}` },
      ProjectionExpression: 'pk, sk',
    }),
  );
  return keysSchema.parse(answer.Items ?? []);
}

async function readRecord(
  { read, table }: Stores,
  { pk, sk }: RecordKey,
): Promise<TokenRecord | undefined> {
  const item = await read({ table, key: { pk, sk } });
  return item && { key: { pk, sk }, item, isByUserId: !pk.includes('@') };
}

/** The index may still name a record whose token was replaced. In constant time for any lengths. */
function isSame(stored: unknown, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof stored === 'string' && timingSafeEqual(digest(stored), digest(token));
}
