import {
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type RefundItem, refundItemSchema } from '@cloudnestle/contracts/items/refund';
import { ifConditionHolds, isWritten } from '@cloudnestle/runtime/aws-errors';
import { PermanentError } from '@cloudnestle/runtime/errors';
import { type ReadItem, readOneByOne } from '@cloudnestle/runtime/read-item';

/** The right to take a refund's next steps, for a while: one look at a time (rule 9). */
export interface RefundClaim {
  refundId: string;
  claimId: string;
  /** Until then no other look takes the refund. */
  leaseUntil: string;
  /** How many steps this look has written; `write` counts on. */
  steps: number;
}

/** What a row's `claim` is: whose it is, and how many steps that look has written. */
export function markOf({ claimId, steps }: Pick<RefundClaim, 'claimId' | 'steps'>): string {
  return `${claimId}/${steps}`;
}

/** What a step writes; undefined: the attribute is not to be there. */
export type RefundChange = { [Name in keyof RefundItem]?: RefundItem[Name] | undefined };

/** The refunds' rows. Each write is one conditional write. */
export interface RefundRows {
  /** Writes a new row, and answers the one that stands under its id: this one, or an earlier one. */
  create(item: RefundItem): Promise<RefundItem>;
  /** Consistent read. */
  find(refundId: string): Promise<RefundItem | undefined>;
  /**
   * Takes the right to the next steps and answers the row; undefined where another look has it, or there is nothing left
   * to do. `dueBy`: only where it is due by then. `reopens`: also a refund that counted as done with; the key of the index
   * is then this.
   */
  claim(
    claim: RefundClaim,
    now: Date,
    options?: { dueBy?: Date | undefined; reopens?: string | undefined },
  ): Promise<RefundItem | undefined>;
  /**
   * One step under a claim, after the step before it; undefined where the claim does not stand any more, and nothing was
   * written. A repeat of the same step finds itself. An attempt that AWS carries out late, when the look has gone on, writes
   * nothing.
   */
  write(claim: RefundClaim, change: RefundChange): Promise<RefundItem | undefined>;
}

/** The refunds' rows in DynamoDB. */
export function createRefundRows(deps: {
  dynamo: DynamoDBDocumentClient;
  table: string;
  /** How a row is read; by default each for itself. */
  read?: ReadItem;
}): RefundRows {
  const { dynamo, table: TableName, read = readOneByOne(dynamo) } = deps;
  const find = async (refundId: string) => {
    const item = await read({ table: TableName, key: { refundId } });
    return item && parseRefund(item);
  };
  const update = async (refundId: string, expressions: Expressions) => {
    const answer = await ifConditionHolds(
      dynamo.send(
        new UpdateCommand({
          TableName,
          Key: { refundId },
          ReturnValues: 'ALL_NEW',
          ...expressions,
        }),
      ),
    );
    return answer?.Attributes && parseRefund(answer.Attributes);
  };
  return {
    find,
    create: async (item) => {
      const put = new PutCommand({
        TableName,
        Item: dropUndefined(item),
        ConditionExpression: 'attribute_not_exists(refundId)',
      });
      if (await isWritten(dynamo.send(put))) return item;
      const stored = await find(item.refundId);
      if (!stored) throw new Error('a refund row was there and is gone');
      return stored;
    },
    claim: ({ refundId, claimId, leaseUntil }, now, { dueBy, reopens } = {}) => {
      const mark = markOf({ claimId, steps: 0 });
      const isFree =
        '(claim = :claim OR attribute_not_exists(leaseUntil) OR leaseUntil < :now)' +
        (dueBy ? ' AND nextCheckAt <= :due' : '');
      return update(refundId, {
        UpdateExpression: `SET claim = :claim, leaseUntil = :lease${
          reopens ? ', openShard = if_not_exists(openShard, :open)' : ''
        }`,
        ConditionExpression: reopens
          ? `attribute_exists(refundId) AND ${isFree}`
          : `attribute_exists(openShard) AND ${isFree}`,
        ExpressionAttributeValues: {
          ':claim': mark,
          ':lease': leaseUntil,
          ':now': now.toISOString(),
          ...(dueBy ? { ':due': dueBy.toISOString() } : {}),
          ...(reopens ? { ':open': reopens } : {}),
        },
      });
    },
    write: async (claim, change) => {
      const before = markOf(claim);
      claim.steps += 1;
      return update(claim.refundId, buildWrite({ before, after: markOf(claim) }, change));
    },
  };
}

type Expressions = Omit<
  ConstructorParameters<typeof UpdateCommand>[0],
  'TableName' | 'Key' | 'ReturnValues'
>;

function buildWrite(marks: { before: string; after: string }, change: RefundChange): Expressions {
  const entries = Object.entries({ ...change, claim: marks.after });
  const given = entries.filter(([, value]) => value !== undefined);
  const gone = entries.filter(([, value]) => value === undefined);
  const set = given.map(([name]) => `#${name} = :${name}`);
  return {
    UpdateExpression: [
      set.length > 0 ? `SET ${set.join(', ')}` : '',
      gone.length > 0 ? `REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}` : '',
    ]
      .filter(Boolean)
      .join(' '),
    ConditionExpression: 'claim = :before OR claim = :claim',
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':before': marks.before,
      ...Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
    },
  };
}

/**
 * Pages of an index of refunds, in its order. The index lags a little behind the rows. A row that does not fit its contract
 * is left out and named: one bad row must not hide the others.
 */
export async function* listRefunds(
  { dynamo, table, index }: { dynamo: DynamoDBDocumentClient; table: string; index: string },
  key: { name: 'transactionId' | 'openShard' | 'dayShard'; value: string },
  onUnreadable: (refundId: string) => void,
): AsyncIterable<RefundItem[]> {
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: table,
      IndexName: index,
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': key.name },
      ExpressionAttributeValues: { ':key': key.value },
    },
  );
  for await (const { Items = [] } of pages) {
    yield Items.flatMap((item) => {
      const parsed = refundItemSchema.safeParse(item);
      if (parsed.success) return [parsed.data];
      onUnreadable(String(item.refundId));
      return [];
    });
  }
}

/** A stored refund. Throws `PermanentError` where it does not fit its contract. */
function parseRefund(item: Record<string, unknown>): RefundItem {
  const parsed = refundItemSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new PermanentError(`the refund row does not fit its contract: ${fields}`);
}

function dropUndefined(item: RefundItem): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}
