import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import DataLoader from 'dataloader';
import { httpStatusOf } from './aws-errors.ts';
import { RetryLaterError } from './errors.ts';
import { type ItemKey, type ReadItem, readOneByOne } from './read-item.ts';

type Item = Record<string, unknown>;

/** DynamoDB takes so many in one call. */
const LARGEST_BATCH = 100;

/**
 * Reads that are asked for in one moment go out as one call, of whatever tables: ten records of a batch read their ten
 * orders together. Nothing is kept: a later read goes out anew. What DynamoDB leaves out of its answer is asked for again,
 * and at last only the records that wanted it fail, with a `RetryLaterError`. A call that is refused because of one of its
 * keys is taken apart, so that one record's key never fails its neighbours (rule 5).
 */
export function createItemReader(dynamo: DynamoDBDocumentClient): ReadItem {
  const loader = new DataLoader<ItemKey, Item | undefined>(
    (places) => readTogether(dynamo, places),
    { cache: false, maxBatchSize: LARGEST_BATCH },
  );
  return (place) => loader.load(place);
}

/**
 * A reader for one record that begins with what the record will surely ask for, all in one call. Each of these answers is
 * handed out once; asked for again, the item is read anew.
 */
export function readAhead(read: ReadItem, places: readonly ItemKey[]): ReadItem {
  const started = new Map(places.map((place) => [nameOf(place), read(place)]));
  // The record may end before it asks: then its failure concerns no other record.
  for (const reading of started.values()) reading.catch(() => undefined);
  return (place) => {
    const name = nameOf(place);
    const reading = started.get(name);
    started.delete(name);
    return reading ?? read(place);
  };
}

async function readTogether(
  dynamo: DynamoDBDocumentClient,
  places: readonly ItemKey[],
): Promise<(Item | undefined | Error)[]> {
  const wanted = new Map(places.map((place) => [nameOf(place), place]));
  const found = await readEach(dynamo, wanted);
  return places.map((place) => found.get(nameOf(place)));
}

type Answers = Map<string, Item | undefined | Error>;

async function readEach(
  dynamo: DynamoDBDocumentClient,
  wanted: ReadonlyMap<string, ItemKey>,
): Promise<Answers> {
  if (wanted.size === 1) return readSingly(dynamo, wanted);
  try {
    return await readBatch(dynamo, wanted);
  } catch (error) {
    if (isRefused(error)) return readSingly(dynamo, wanted);
    return new Map([...wanted.keys()].map((name) => [name, toError(error)]));
  }
}

async function readSingly(
  dynamo: DynamoDBDocumentClient,
  wanted: ReadonlyMap<string, ItemKey>,
): Promise<Answers> {
  const read = readOneByOne(dynamo);
  const entries = await Promise.all(
    [...wanted].map(async ([name, place]) => [name, await read(place).catch(toError)] as const),
  );
  return new Map(entries);
}

const ROUNDS = 4;
const FIRST_PAUSE_MS = 25;

async function readBatch(
  dynamo: DynamoDBDocumentClient,
  wanted: ReadonlyMap<string, ItemKey>,
): Promise<Answers> {
  const answers: Answers = new Map();
  let left = [...wanted.values()];
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    if (round > 0) await sleep(FIRST_PAUSE_MS * 2 ** round);
    const answer = await dynamo.send(new BatchGetCommand({ RequestItems: toRequest(left) }));
    const unread = new Set(
      Object.entries(answer.UnprocessedKeys ?? {}).flatMap(([table, { Keys = [] }]) =>
        Keys.map((key) => nameOf({ table, key })),
      ),
    );
    for (const place of left) {
      const name = nameOf(place);
      if (unread.has(name)) continue;
      answers.set(
        name,
        answer.Responses?.[place.table]?.find((item) => isAt(item, place)),
      );
    }
    left = left.filter((place) => unread.has(nameOf(place)));
  }
  for (const place of left) {
    const reason = `${place.table} did not hand out an item in ${ROUNDS} rounds`;
    answers.set(nameOf(place), new RetryLaterError(reason));
  }
  return answers;
}

function toRequest(places: readonly ItemKey[]) {
  const byTable = Map.groupBy(places, ({ table }) => table);
  return Object.fromEntries(
    [...byTable].map(([table, own]) => [
      table,
      { Keys: own.map(({ key }) => ({ ...key })), ConsistentRead: true },
    ]),
  );
}

function isAt(item: Item, { key }: ItemKey): boolean {
  return Object.entries(key).every(([name, value]) => item[name] === value);
}

/** One name for one item, whatever the order of its key's parts. */
function nameOf({ table, key }: { table: string; key: Readonly<Record<string, unknown>> }): string {
  const parts = Object.entries(key).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([table, parts]);
}

/** Refused for what it asks, not for how much: another try would be refused again. */
function isRefused(error: unknown): boolean {
  const isThrottled = error instanceof Error && /Throttl|LimitExceeded|Throughput/.test(error.name);
  return httpStatusOf(error) === 400 && !isThrottled;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
