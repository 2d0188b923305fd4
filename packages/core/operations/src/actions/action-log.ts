import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Action } from '@cloudnestle/contracts/admin/actions';
import { type ActionItem, actionItemSchema } from '@cloudnestle/contracts/items/operation';
import type { Clock } from '@cloudnestle/payments/clock';
import { mergeItem } from '@cloudnestle/runtime/merge-item';
import { readFromCursor, writeListCursor } from '../list-cursor.ts';
import { maskDeep, maskText } from '../words/mask.ts';

/** What an operator is about to do, or has done. `counts` and `target` are ids, filters and numbers. */
export type NewAction = Pick<ActionItem, 'actionId' | 'actor' | 'by' | 'what' | 'outcome'> &
  Partial<
    Pick<ActionItem, 'subject' | 'why' | 'transactionId' | 'queue' | 'jobId' | 'target' | 'counts'>
  >;

/** How it ended. REFUSED: nothing was changed. */
export type ActionEnd = Exclude<ActionItem['outcome'], 'BEGUN'>;

/** Who did what and why: one log for the console, the command line and machines that act for an operator. */
export interface ActionLog {
  /** Writes an entry, or the same one again. Addresses in its words are masked. Throws what DynamoDB answers. */
  write(action: NewAction): Promise<void>;
  /** Notes how an action ended that was written as BEGUN; a repeat changes nothing. */
  end(
    actionId: string,
    outcome: ActionEnd,
    counts?: Readonly<Record<string, number>>,
  ): Promise<void>;
  /** The latest first; of one order, or of all. Throws a 400 for a cursor of no page. The indexes lag a moment. */
  list(query: { transactionId?: string | undefined; cursor?: string | undefined }): Promise<{
    actions: Action[];
    nextCursor: string | undefined;
  }>;
}

/** The table `marketplace-payment-operations` and its two indexes. */
export interface OperationsPlace {
  dynamo: DynamoDBDocumentClient;
  table: string;
  byTime: string;
  byOrder: string;
}

const PAGE = 50;
const LIST = 'ACTION';

export function createActionLog(place: OperationsPlace, now: Clock): ActionLog {
  const { dynamo, table } = place;
  return {
    write: async (action) => {
      const item: ActionItem = {
        ...keyOf(action.actionId),
        at: now().toISOString(),
        timeKey: LIST,
        ...action,
        ...(action.why === undefined ? {} : { why: maskText(action.why) }),
        target: actionItemSchema.shape.target.parse(maskDeep(withoutGaps(action.target ?? {}))),
        counts: { ...action.counts },
      };
      await dynamo.send(new PutCommand({ TableName: table, Item: withoutGaps(item) }));
    },
    end: async (actionId, outcome, counts = {}) => {
      await mergeItem({ dynamo, table }, keyOf(actionId), (item) =>
        item.outcome === outcome ? undefined : { set: { outcome, counts }, basedOn: ['outcome'] },
      );
    },
    list: async ({ transactionId, cursor }) => {
      const { Items = [], LastEvaluatedKey } = await readFromCursor(cursor, (start) =>
        dynamo.send(
          new QueryCommand({
            TableName: table,
            ...(transactionId === undefined
              ? { IndexName: place.byTime, KeyConditionExpression: 'timeKey = :key' }
              : { IndexName: place.byOrder, KeyConditionExpression: 'transactionId = :key' }),
            ExpressionAttributeValues: { ':key': transactionId ?? LIST },
            ScanIndexForward: false,
            Limit: PAGE,
            ...start,
          }),
        ),
      );
      return {
        actions: Items.flatMap(toAction),
        nextCursor: LastEvaluatedKey && writeListCursor(LastEvaluatedKey),
      };
    },
  };
}

function keyOf(actionId: string) {
  return { pk: `action#${actionId}`, sk: 'ACTION' as const };
}

/** The index by order has jobs as well; what a later version writes is left out. */
function toAction(item: Record<string, unknown>): Action[] {
  const read = actionItemSchema.safeParse(item);
  if (!read.success) return [];
  const { pk: _pk, sk: _sk, timeKey: _timeKey, subject: _subject, ...action } = read.data;
  return [action];
}

function withoutGaps(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}
