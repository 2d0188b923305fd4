import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import type { FactForAttention } from '@cloudnestle/payments/attention/attention';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { raise, takeSteps } from '../../attention/steps.ts';
import { addToHistory, type HistoryEntry } from './history.ts';
import { type Row, readRow } from './read-row.ts';
import { syncStamps } from './sync-stamps.ts';

/**
 * An order's row after a dispute or a mismatch: a line of history, and the order needs a person, unless the gateway has
 * given an answer that fits since a mismatch was found. Undefined where the row says it all already.
 */
export function mergeGatewayEvent(
  item: Record<string, unknown>,
  event: { data: GatewayEventReceivedData; entry: HistoryEntry },
  context: { now: Date },
): ItemChange | undefined {
  const row = readRow(item);
  const history = addToHistory(item, event.entry, { isOptional: true });
  const fact = factOf(event);
  return buildChange(item, {
    attributes: {
      ...takeSteps(item, fact === undefined || isOutdated(row, fact) ? [] : [raise(fact)]),
    },
    maps: history.maps,
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, 'fittingAnswerAt'],
  });
}

/** What a gateway event asks of a person; a refund is judged elsewhere, by the gateway's own word. */
export function factOf({
  data,
  entry: { eventId, at },
}: {
  data: GatewayEventReceivedData;
  entry: Pick<HistoryEntry, 'eventId' | 'at'>;
}): (FactForAttention & { id: string }) | undefined {
  switch (data.kind) {
    case 'dispute':
      return { reason: 'DISPUTE', id: eventId, at, detail: describeDispute(data) };
    case 'mismatch':
      // The same answer may come again after one that fits: each finding counts for itself.
      return {
        reason: 'MISMATCH',
        id: eventId,
        at,
        isRepeatable: true,
        detail: describeMismatch(data),
      };
    case 'refund':
      return undefined;
  }
}

function isOutdated({ fittingAnswerAt }: Row, { reason, at }: FactForAttention): boolean {
  return reason === 'MISMATCH' && fittingAnswerAt !== undefined && at <= fittingAnswerAt;
}

function describeMismatch({ gatewayState, amountInPaisa }: GatewayEventReceivedData): string {
  const amount = amountInPaisa === undefined ? '' : ` over ${amountInPaisa} paisa`;
  return `the gateway's answer does not fit this order: ${gatewayState}${amount}`;
}

function describeDispute({ gatewayState, disputeId }: GatewayEventReceivedData): string {
  return disputeId === undefined
    ? `dispute: ${gatewayState}`
    : `dispute ${disputeId}: ${gatewayState}`;
}
