import type {
  GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import { raise, takeSteps } from '@cloudnestle/operations/attention/steps';
import { findNamedOrder, refuseUnknownOrder } from '@cloudnestle/operations/gateway-orders';
import { type Row, readRow } from '@cloudnestle/operations/row';
import { type FactForAttention, isStandingFact } from '@cloudnestle/payments/attention/attention';
import { buildChange, type ItemChange } from '@cloudnestle/runtime/merge-item';
import type { ReceivedEvent, RecordOutcome } from '@cloudnestle/runtime/queue/subscriber';
import { addToHistory, type HistoryEntry, syncStamps } from './merge/row.ts';
import { type RecordDependencies, recordOnRow, toTold } from './record-on-row.ts';

type GatewayEvent = ReceivedEvent<typeof gatewayEventReceived>;

/**
 * The gateway said something that is no outcome. A dispute, and an answer that does not fit the row, are a line in
 * their order's history and need an operator. Throws `PermanentError` where the
 * event names no order of ours: an operator must look.
 */
export async function recordGatewayEvent(
  deps: RecordDependencies,
  event: GatewayEvent,
): Promise<RecordOutcome> {
  // The refunds service asks the gateway about it; what is true of it comes as an event of its own.
  if (event.data.kind === 'refund') return { kind: 'skipped', why: 'refunds hears it' };
  const order = await findNamedOrder(deps.rows, event.data);
  if (order === undefined) return refuseUnknownOrder(deps, event);
  await recordNotice(deps, event, order.transactionId);
  return { kind: 'applied' };
}

/** Warns at each delivery while what it tells needs an operator: the state on the row is the alarm, this is its trail. */
async function recordNotice(
  deps: RecordDependencies,
  { metadata, data }: GatewayEvent,
  transactionId: string,
): Promise<void> {
  const told = toTold(metadata, `${data.kind}: ${data.gatewayState}`);
  const { entry } = told;
  const { row } = await recordOnRow(deps, transactionId, told, (current) =>
    mergeGatewayEvent(current, { data, entry }, { now: deps.now() }),
  );
  const fact = factOf({ data, entry });
  if (fact === undefined || !isStandingFact(row, fact.reason, fact.id)) return;
  const { reason: attention } = fact;
  deps.log.warn('order needs attention', { transactionId, eventId: entry.eventId, attention });
}

/**
 * An order's row after a dispute or a mismatch: a line of history, and the order needs an operator, unless the gateway has
 * given an answer that fits since a mismatch was found. Undefined where the row says it all already.
 */
function mergeGatewayEvent(
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

/** What a gateway event asks of an operator; a refund is judged elsewhere, by the gateway's own word. */
function factOf({
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
