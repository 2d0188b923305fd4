import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  type DocumentItem,
  documentItemSchema,
  type InvoiceDocument,
  numberItemSchema,
} from '@cloudnestle/contracts/items/invoice';
import { toTimestamp } from '@cloudnestle/payments/clock';
import { openShardOf } from '@cloudnestle/payments/index-keys';
import { padSequence, type Series } from '@cloudnestle/payments/invoices/numbers';
import { ifConditionHolds, isWritten } from '@cloudnestle/runtime/aws-errors';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import type { ReadItem } from '@cloudnestle/runtime/read-item';
import { indexShardCount } from '@cloudnestle/topology/tables';
import type * as z from 'zod';

export interface DocumentKey {
  pk: string;
  sk: string;
}

/** A number of a series that was given, and to which document. */
export interface GivenNumber {
  sequence: number;
  /** The document's date. */
  at: Date;
  key: DocumentKey;
}

/** What one of an invoice's notes takes back. */
export type CreditPlace = NonNullable<DocumentItem['credits']>[string];

/**
 * The table of documents and their numbers. Every write is one conditional write on one item, and every read is consistent. A write
 * whose answer was lost is repeated by the SDK and then meets its own first try: the caller reads again and finds what it wrote.
 */
export interface DocumentStore {
  find(key: DocumentKey): Promise<DocumentItem | undefined>;
  /** Notes that a document is thought of. Undefined: it was before. */
  create(key: DocumentKey, facts: NewDocument): Promise<DocumentItem | undefined>;
  /** The last number of a series; undefined: none was given yet. */
  lastNumber(series: Series): Promise<GivenNumber | undefined>;
  /** All numbers from `sequence` on, in order. */
  numbersFrom(series: Series, sequence: number): Promise<GivenNumber[]>;
  /** Gives a number away. False: it is given. */
  take(series: Series, number: GivenNumber): Promise<boolean>;
  /** Writes the document, once and for ever. Undefined: it is there. `staysOpen`: until it was told of, see `leave`. */
  issue(
    key: DocumentKey,
    issued: { document: InvoiceDocument; pdfSha256: string; staysOpen: boolean },
  ): Promise<DocumentItem | undefined>;
  /** The document was told of: nothing of it is open any more. */
  leave(key: DocumentKey): Promise<void>;
  /** Notes that the sweep tries to finish a document, if it is still open. */
  noteTry(key: DocumentKey, at: Date): Promise<void>;
  /** Notes that no document is due, unless there is one. */
  close(key: DocumentKey, none: { why: string; at: Date }): Promise<void>;
  /** Thinks again of a document that was not due, with the series of today. Undefined: it changed meanwhile. */
  reopen(key: DocumentKey, closedAt: string, facts: NewDocument): Promise<DocumentItem | undefined>;
  /** Gives a credit its place among those of an invoice; `decide` answers undefined where there is nothing to credit. */
  placeCredit(
    key: DocumentKey,
    name: string,
    decide: (item: DocumentItem) => CreditPlace | undefined,
  ): Promise<DocumentItem>;
}

interface NewDocument {
  transactionId: string;
  series: Series;
  /** The last number of the series now, or an earlier one; 0: none. */
  from: number;
  now: Date;
}

export function createDocumentStore({
  dynamo,
  table,
  read,
}: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  read: ReadItem;
}): DocumentStore {
  const update = async (
    key: DocumentKey,
    input: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
  ) => {
    const command = new UpdateCommand({
      TableName: table,
      Key: key,
      ReturnValues: 'ALL_NEW',
      ...input,
    });
    const answer = await ifConditionHolds(dynamo.send(command));
    return answer?.Attributes && readDocumentItem(answer.Attributes);
  };
  return {
    find: async (key) => {
      const item = await read({ table, key: { ...key } });
      return item && readDocumentItem(item);
    },
    create: async (key, { transactionId, series, from, now }) => {
      const item: DocumentItem = {
        ...key,
        transactionId,
        series,
        from,
        createdAt: toTimestamp(now),
        openShard: openShardOf(transactionId, indexShardCount),
        openSince: toTimestamp(now),
      };
      const put = new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return (await isWritten(dynamo.send(put))) ? item : undefined;
    },
    lastNumber: async (series) => {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': seriesKey(series) },
          ScanIndexForward: false,
          Limit: 1,
        }),
      );
      return Items.map(readNumber)[0];
    },
    numbersFrom: async (series, sequence) => {
      const found: GivenNumber[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const answer = await dynamo.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND sk >= :from',
            ExpressionAttributeValues: {
              ':pk': seriesKey(series),
              ':from': padSequence(Math.max(sequence, 1)),
            },
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        );
        found.push(...(answer.Items ?? []).map(readNumber));
        start = answer.LastEvaluatedKey;
      } while (start);
      return found;
    },
    take: (series, { sequence, at, key }) =>
      isWritten(
        dynamo.send(
          new PutCommand({
            TableName: table,
            Item: {
              pk: seriesKey(series),
              sk: padSequence(sequence),
              documentPk: key.pk,
              documentSk: key.sk,
              at: toTimestamp(at),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      ),
    issue: (key, { document, pdfSha256, staysOpen }) =>
      update(key, {
        UpdateExpression: `SET #document = :document, pdfSha256 = :hash, credits = :none, creditedInPaisa = :zero, creditVersion = :zero REMOVE #none${staysOpen ? '' : ', openShard, openSince, triedAt'}`,
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#document)',
        ExpressionAttributeNames: { '#document': 'document', '#none': 'none' },
        ExpressionAttributeValues: {
          ':document': document,
          ':hash': pdfSha256,
          ':none': {},
          ':zero': 0,
        },
      }),
    leave: async (key) => {
      await update(key, {
        UpdateExpression: 'REMOVE openShard, openSince, triedAt',
        ConditionExpression: 'attribute_exists(#document)',
        ExpressionAttributeNames: { '#document': 'document' },
      });
    },
    noteTry: async (key, at) => {
      await update(key, {
        UpdateExpression: 'SET triedAt = :at',
        ConditionExpression: 'attribute_exists(openShard)',
        ExpressionAttributeValues: { ':at': toTimestamp(at) },
      });
    },
    close: async (key, { why, at }) => {
      await update(key, {
        UpdateExpression: 'SET #none = :none REMOVE openShard, openSince, triedAt',
        ConditionExpression:
          'attribute_exists(pk) AND attribute_not_exists(#document) AND attribute_not_exists(#none)',
        ExpressionAttributeNames: { '#document': 'document', '#none': 'none' },
        ExpressionAttributeValues: { ':none': { why, at: toTimestamp(at) } },
      });
    },
    reopen: (key, closedAt, { transactionId, series, from, now }) =>
      update(key, {
        UpdateExpression:
          'SET series = :series, #from = :from, openShard = :shard, openSince = :now REMOVE #none',
        ConditionExpression: '#none.#at = :closedAt AND attribute_not_exists(#document)',
        ExpressionAttributeNames: {
          '#none': 'none',
          '#at': 'at',
          '#document': 'document',
          '#from': 'from',
        },
        ExpressionAttributeValues: {
          ':closedAt': closedAt,
          ':series': series,
          ':from': from,
          ':shard': openShardOf(transactionId, indexShardCount),
          ':now': toTimestamp(now),
        },
      }),
    placeCredit: async (key, name, decide) => {
      const result = await mergeItem({ dynamo, table }, { ...key }, (current) => {
        const item = readDocumentItem(current);
        const { credits = {}, creditedInPaisa = 0, creditVersion = 0 } = item;
        if (credits[name] !== undefined) return undefined;
        const place = decide(item);
        if (place === undefined) return undefined;
        return {
          set: {
            [`credits.${name}`]: place,
            creditedInPaisa: creditedInPaisa + place.amountInPaisa,
            creditVersion: creditVersion + 1,
          },
          basedOn: ['creditVersion'],
        };
      });
      if (result.kind === 'missing') throw new PermanentError(`no document ${key.pk} ${key.sk}`);
      return readDocumentItem(result.item);
    },
  };
}

function seriesKey(series: Series): string {
  return `series#${series}`;
}

function readDocumentItem(item: Record<string, unknown>): DocumentItem {
  return readItem(documentItemSchema, item);
}

function readNumber(item: Record<string, unknown>): GivenNumber {
  const { sk, at, documentPk, documentSk } = readItem(numberItemSchema, item);
  return { sequence: Number(sk), at: new Date(at), key: { pk: documentPk, sk: documentSk } };
}

function readItem<Schema extends z.ZodType>(
  schema: Schema,
  item: Record<string, unknown>,
): z.infer<Schema> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PermanentError(`an item of the invoices does not fit its contract: ${fields}`);
}
