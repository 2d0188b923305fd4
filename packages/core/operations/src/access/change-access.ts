import { readEnd } from '@cloudnestle/payments/access/order-grant';
import {
  buildAccessEndedEvent,
  type PublishAnswer,
  type Trigger,
} from '@cloudnestle/payments/build-events';
import type { Catalogue } from '@cloudnestle/payments/catalogue';
import { type Order, readOrder } from '@cloudnestle/payments/order';
import { type SettleDependencies, settleOrder } from '@cloudnestle/payments/settle-order';
import { buildChange, type ItemChange, type MergeResult } from '@cloudnestle/runtime/merge-item';
import { refundedInPaisa } from '../attention/money-steps.ts';
import { end, takeSteps } from '../attention/steps.ts';
import { isRevoked, laterOf, readRow } from '../row.ts';
import { openKeysOfChange } from './open-keys.ts';

export interface ChangeAccessDependencies extends SettleDependencies {
  catalogue: Catalogue;
  mergeTransaction(
    transactionId: string,
    merge: (row: Record<string, unknown>) => ItemChange | undefined,
  ): Promise<MergeResult>;
}

/** Whose word it is. */
export interface AccessWord {
  /** The operator's name or id. */
  by: string;
  /** For operators who look at the order later; no personal data. */
  why: string;
}

export type ChangeAccessResult =
  | { kind: 'unknownOrder' }
  | { kind: 'unreadableOrder'; reason: string }
  /** Only a paid order gives access, or gave it. */
  | { kind: 'notPaid'; status: string }
  /** To restore: nothing ever took it away. */
  | { kind: 'notEnded' }
  /**
   * The row says so. `isOurs`: by this word; else it was so before, and only the event was published again. `published`
   * failed: the sweep publishes it within minutes.
   */
  | { kind: 'changed'; isOurs: boolean; published: PublishAnswer };

/** One call to the gateway. */
const GATEWAY_TIMEOUT_MS = 5000;

/**
 * Takes a paid order's access away by an operator's word: the mark and the word in one write, then the event. The money
 * stays where it is. A repeat finds the mark and publishes the same fact again.
 */
export async function endAccess(
  deps: ChangeAccessDependencies,
  transactionId: string,
  { word, trigger }: { word: AccessWord; trigger: Omit<Trigger, 'gatewayEvent'> },
): Promise<ChangeAccessResult> {
  const now = deps.now();
  const at = now.toISOString();
  const marked = await change(deps, transactionId, (row) => {
    if (isRevoked(row)) return undefined;
    return buildChange(row, {
      attributes: {
        accessRevokedAt: at,
        accessEndReason: 'OPERATOR',
        accessWord: { what: 'ended', at, ...word },
        ...openKeysOfChange(readRow(row), now),
        ...takeSteps(row, [end('EFFECTS_MISSING'), end('UNKNOWN_TIER')]),
      },
      stamps: { updatedAt: at },
      basedOn: ['status', 'accessRevokedAt'],
    });
  });
  if (marked.kind !== 'order') return marked;
  const fact = readEnd(marked.item);
  if (!fact) throw new Error(`${transactionId} lost its mark to another writer`);
  const { plan, row } = marked.order;
  const { userId, userEmail } = row;
  const event = buildAccessEndedEvent({ transactionId, userId, userEmail, plan }, fact, trigger);
  const isOurs = isWordOf(marked.item, { at, ...word });
  return { kind: 'changed', isOurs, published: await deps.publish(event) };
}

/**
 * Gives a paid order's access back by an operator's word: the mark is lifted, whatever had set it, and the payment is
 * published again as the gateway tells it, so that every subscriber asserts its part. Ends that are not later than this
 * count no more (`mergeGrant`).
 */
export async function restoreAccess(
  deps: ChangeAccessDependencies,
  transactionId: string,
  { word, trigger }: { word: AccessWord; trigger: Trigger },
): Promise<ChangeAccessResult> {
  const now = deps.now();
  const at = now.toISOString();
  const lifted = await change(deps, transactionId, (row) => {
    const fact = readEnd(row);
    if (!fact) return undefined;
    return buildChange(row, {
      attributes: {
        accessRevokedAt: undefined,
        accessEndReason: undefined,
        // Clocks differ: it is never before the end that it lifts.
        accessRestoredAt: laterOf(at, fact.endedAt),
        refundedWhenRestoredInPaisa: refundedInPaisa(row),
        accessWord: { what: 'restored', at, ...word },
        ...openKeysOfChange(readRow(row), now),
      },
      stamps: { updatedAt: at },
      basedOn: ['status', 'accessRevokedAt'],
    });
  });
  if (lifted.kind !== 'order') return lifted;
  if (lifted.item.accessRestoredAt === undefined) return { kind: 'notEnded' };
  const settlement = await settleOrder(deps, lifted.order, trigger, {
    timeoutMs: GATEWAY_TIMEOUT_MS,
    republish: true,
  });
  const isOurs = isWordOf(lifted.item, { at, ...word });
  return { kind: 'changed', isOurs, published: toAnswer(settlement) };
}

type Changed = { kind: 'order'; order: Order; item: Record<string, unknown> };

/** Merges into a paid order's row; the row as it is then. */
async function change(
  { mergeTransaction, catalogue }: Pick<ChangeAccessDependencies, 'mergeTransaction' | 'catalogue'>,
  transactionId: string,
  merge: (row: Record<string, unknown>) => ItemChange | undefined,
): Promise<
  Changed | Extract<ChangeAccessResult, { kind: 'unknownOrder' | 'unreadableOrder' | 'notPaid' }>
> {
  const isChangeable = (row: Record<string, unknown>) => {
    const read = readOrder(row, catalogue);
    return read.kind === 'order' && read.order.row.status === 'COMPLETED';
  };
  const result = await mergeTransaction(transactionId, (row) =>
    isChangeable(row) ? merge(row) : undefined,
  );
  if (result.kind === 'missing') return { kind: 'unknownOrder' };
  const read = readOrder(result.item, catalogue);
  if (read.kind === 'unreadable') return { kind: 'unreadableOrder', reason: read.reason };
  const { order } = read;
  if (order.row.status !== 'COMPLETED') return { kind: 'notPaid', status: order.row.status };
  return { kind: 'order', order, item: result.item };
}

function isWordOf(
  { accessWord }: Record<string, unknown>,
  { at, by, why }: AccessWord & { at: string },
): boolean {
  if (typeof accessWord !== 'object' || accessWord === null) return false;
  const said: Record<string, unknown> = { ...accessWord };
  return said.at === at && said.by === by && said.why === why;
}

function toAnswer(settlement: Awaited<ReturnType<typeof settleOrder>>): PublishAnswer {
  if (settlement.kind === 'completed') return { kind: 'published' };
  const reason = 'reason' in settlement ? settlement.reason : `the gateway says ${settlement.kind}`;
  return { kind: 'failed', reason };
}
