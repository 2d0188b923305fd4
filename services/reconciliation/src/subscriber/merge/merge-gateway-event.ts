import type { GatewayEventReceivedData } from '@cloudnestle/contracts/events/gateway-event-received';
import { buildChange } from '@cloudnestle/runtime/build-change';
import type { ItemChange } from '@cloudnestle/runtime/merge-item';
import { firstOf } from './gateway-side.ts';
import { addToHistory, type HistoryEntry } from './history.ts';
import { closed } from './open-order.ts';
import { type Row, readRow } from './read-row.ts';
import { syncStamps } from './sync-stamps.ts';

/**
 * An order's row after a dispute or a mismatch: a line of history; a mismatch also puts the order up for review and
 * takes it out of the machine's sight, unless a person has cleared the order since. Undefined where the row says it
 * all already.
 */
export function mergeGatewayEvent(
  item: Record<string, unknown>,
  event: { data: GatewayEventReceivedData; entry: HistoryEntry },
  context: { now: Date },
): ItemChange | undefined {
  const row = readRow(item);
  const history = addToHistory(item, event.entry, { isOptional: true });
  return buildChange(item, {
    attributes:
      event.data.kind === 'mismatch' && !wasClearedSince(row, event.entry)
        ? { needsReview: firstOf(row.needsReview, describeMismatch(event.data)), ...closed }
        : {},
    maps: history.maps,
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, 'reviewClearedAt'],
  });
}

/** What a person has already looked at must not come back with a late or repeated delivery. */
function wasClearedSince({ reviewClearedAt }: Row, { at }: HistoryEntry): boolean {
  return reviewClearedAt !== undefined && at <= reviewClearedAt;
}

function describeMismatch({ gatewayState, amountInPaisa }: GatewayEventReceivedData): string {
  const amount = amountInPaisa === undefined ? '' : ` over ${amountInPaisa} paisa`;
  return `the gateway's answer does not fit this order: ${gatewayState}${amount}`;
}
