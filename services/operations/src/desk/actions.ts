import type { Action } from '@cloudnestle/contracts/admin/actions';
import { type ActionItem, actionItemSchema } from '@cloudnestle/contracts/items/operation';
import type { Clock } from '@cloudnestle/payments/clock';
import type { OperationsTable, Page } from './operations-table.ts';

/** What an operator is about to do, or has done. */
export type NewAction = Pick<ActionItem, 'what' | 'by' | 'target'> &
  Partial<Pick<ActionItem, 'subject' | 'why' | 'transactionId' | 'queue' | 'jobId' | 'counts'>> & {
    actionId: string;
    outcome: ActionItem['outcome'];
  };

/** Who did what and why. An entry is written before the change begins, and says afterwards how it ended. */
export interface ActionLog {
  write(action: NewAction): Promise<void>;
  end(
    actionId: string,
    outcome: Exclude<ActionItem['outcome'], 'BEGUN'>,
    counts?: Readonly<Record<string, number>>,
  ): Promise<void>;
  /** The latest first; of one order, or of all. */
  list(options: {
    transactionId?: string | undefined;
    cursor?: string | undefined;
  }): Promise<Page<Action>>;
}

const PAGE = 50;

export function createActionLog(table: OperationsTable, now: Clock): ActionLog {
  const keyOf = (actionId: string) => ({ pk: `action#${actionId}`, sk: 'ACTION' as const });
  return {
    write: async (action) => {
      const item: ActionItem = {
        ...keyOf(action.actionId),
        at: now().toISOString(),
        actor: 'console',
        counts: {},
        timeKey: 'ACTION',
        ...action,
      };
      await table.create({ ...item });
    },
    end: async (actionId, outcome, counts = {}) => {
      await table.merge(keyOf(actionId), ({ outcome: known }) =>
        known === outcome ? undefined : { set: { outcome, counts }, basedOn: ['outcome'] },
      );
    },
    list: async ({ transactionId, cursor }) => {
      const of =
        transactionId === undefined
          ? ({ index: 'time', timeKey: 'ACTION' } as const)
          : ({ index: 'order', transactionId } as const);
      const { entries, nextCursor } = await table.list({
        of,
        latestFirst: true,
        limit: PAGE,
        cursor,
      });
      return { entries: entries.flatMap(toAction), nextCursor };
    },
  };
}

/** The index by order also has jobs; what a later version writes is left out. */
function toAction(item: Record<string, unknown>): Action[] {
  const read = actionItemSchema.safeParse(item);
  if (!read.success) return [];
  const { pk: _pk, sk: _sk, timeKey: _timeKey, subject: _subject, ...action } = read.data;
  return [action];
}
