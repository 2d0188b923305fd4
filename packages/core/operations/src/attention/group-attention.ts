import { type AttentionReason, attentionReasons } from '@cloudnestle/contracts/items/attention';
import { attentionRunbook } from '@cloudnestle/topology/alarms/alarm';
import { maskText } from '../words/mask.ts';
import type { ListAttention } from './list-attention.ts';
import { commandFor, holdsAfterLostDispute, reasonWords } from './reasons.ts';

/** An order that needs an operator for a reason, and what leads out of it. */
export interface WaitingOrder {
  transactionId: string;
  since: string;
  /** Addresses are masked. */
  detail?: string;
  amountInPaisa?: number;
  /** The row's attentionVersion: a word about it is about what was there then. */
  seenVersion?: number;
  mend: 'repair' | 'resolve' | 'endAccess' | 'refund';
  /** The line to paste. */
  command: string;
}

/** Orders that need an operator for one reason, the longest waiting first. */
export interface AttentionGroup {
  reason: AttentionReason;
  /** A sentence without its full stop, after the order. */
  meaning: string;
  /** The page in docs/runbooks that says what to do, without its ending. */
  runbook: string;
  orders: WaitingOrder[];
}

/** Every order that needs an operator, by reason; an order stands under each of its reasons. */
export async function groupAttention(listAttention: ListAttention): Promise<AttentionGroup[]> {
  const groups = new Map<AttentionReason, WaitingOrder[]>();
  for await (const page of listAttention()) {
    for (const { transactionId, attention, item } of page) {
      for (const { reason, since, detail } of attention) {
        const orders = groups.get(reason) ?? [];
        groups.set(reason, orders);
        orders.push({
          transactionId,
          since,
          ...(detail === undefined ? {} : { detail: maskText(detail) }),
          ...describeWayOut(reason, transactionId, item),
        });
      }
    }
  }
  return attentionReasons.flatMap((reason): AttentionGroup[] => {
    const orders = groups.get(reason);
    if (!orders) return [];
    const byAge = orders.toSorted((a, b) => (a.since < b.since ? -1 : 1));
    const { meaning } = reasonWords[reason];
    return [{ reason, meaning, runbook: attentionRunbook(reason), orders: byAge }];
  });
}

function describeWayOut(
  reason: AttentionReason,
  transactionId: string,
  item: Readonly<Record<string, unknown>>,
): Omit<WaitingOrder, 'transactionId' | 'since' | 'detail'> {
  const { attentionVersion: seen, amount } = item;
  const isLost = reason === 'DISPUTE' && holdsAfterLostDispute(item);
  return {
    ...(typeof amount === 'number' ? { amountInPaisa: amount } : {}),
    ...(typeof seen === 'number' ? { seenVersion: seen } : {}),
    mend: mendOf(reason, isLost),
    command: commandFor(reason, transactionId, { seen, ...(isLost ? { mends: 'access' } : {}) }),
  };
}

function mendOf(reason: AttentionReason, isLost: boolean): WaitingOrder['mend'] {
  if (isLost) return 'endAccess';
  if (reason === 'CHARGED_TWICE') return 'refund';
  return reasonWords[reason].mends === 'repair' ? 'repair' : 'resolve';
}
