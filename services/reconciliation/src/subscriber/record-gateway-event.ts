import { isDeepStrictEqual } from 'node:util';
import type {
  GatewayEventReceivedData,
  gatewayEventReceived,
} from '@cloudnestle/contracts/events/gateway-event-received';
import { end, raise, type Step, takeSteps } from '@cloudnestle/operations/attention/steps';
import { findNamedOrder, refuseUnknownOrder } from '@cloudnestle/operations/gateway-orders';
import { type Row, readRow } from '@cloudnestle/operations/row';
import { type FactForAttention, isStandingFact } from '@cloudnestle/payments/attention/attention';
import { joinDispute, readDisputes, toDisputeState } from '@cloudnestle/payments/disputes';
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
 * An order's row after a dispute or a mismatch: a line of history, where the dispute stands, and whether the order needs an
 * operator: for a mismatch unless the gateway has given an answer that fits since, for a dispute until it is won. Undefined
 * where the row says it all already.
 */
function mergeGatewayEvent(
  item: Record<string, unknown>,
  event: GatewayFact,
  context: { now: Date },
): ItemChange | undefined {
  const row = readRow(item);
  const history = addToHistory(item, event.entry, { isOptional: true });
  const disputed = event.data.kind === 'dispute' ? keepDispute(item, event) : unchanged;
  const steps =
    event.data.kind === 'dispute'
      ? disputeSteps(disputed.row, event)
      : mismatchSteps(row, factOf(event));
  return buildChange(item, {
    attributes: { ...disputed.attributes, ...takeSteps(item, steps) },
    maps: { ...history.maps, ...disputed.maps },
    stamps: syncStamps(context.now),
    basedOn: [...history.basedOn, 'fittingAnswerAt', 'disputeVersion'],
  });
}

interface GatewayFact {
  data: GatewayEventReceivedData;
  entry: HistoryEntry;
}

const unchanged = { row: {}, attributes: {}, maps: {} };

/** Where the event's dispute stands with it; whole maps are written under their version. */
function keepDispute(item: Record<string, unknown>, { data, entry }: GatewayFact) {
  const disputes = readDisputes(item);
  const id = disputeIdOf({ data, entry });
  const known = Object.hasOwn(disputes, id) ? disputes[id] : undefined;
  const next = joinDispute(known, { gatewayState: data.gatewayState, at: entry.at });
  if (isDeepStrictEqual(next, known)) return { ...unchanged, row: item };
  const { disputeVersion: version } = item;
  const disputeVersion = (typeof version === 'number' ? version : 0) + 1;
  const maps = { disputes: { ...disputes, [id]: next } };
  return { row: { ...item, ...maps }, attributes: { disputeVersion }, maps };
}

/** An open dispute must be answered, a lost one needs the operator's word on access; a won one needs nothing any more. */
function disputeSteps(next: Record<string, unknown>, event: GatewayFact): Step[] {
  const id = disputeIdOf(event);
  const dispute = readDisputes(next)[id];
  const stands = (state: string) => `dispute ${id} ${state}`;
  const fact = factOf(event);
  const isCurrent =
    fact !== undefined && dispute?.state === toDisputeState(event.data.gatewayState);
  return [
    end('DISPUTE', (each) => {
      return each.id.startsWith(stands('')) && dispute?.state !== stateIn(each.id);
    }),
    ...(isCurrent && dispute?.state !== 'WON' ? [raise(fact)] : []),
  ];
}

/** The state that a fact's id speaks of: its last word is the gateway's. */
function stateIn(factId: string) {
  return toDisputeState(factId.slice(factId.lastIndexOf(' ') + 1));
}

function mismatchSteps(row: Row, fact: FactForAttention | undefined): Step[] {
  return fact === undefined || isOutdated(row, fact) ? [] : [raise(fact)];
}

/** The adapter gives each dispute an id; an event of before it did is known by itself. */
function disputeIdOf({
  data,
  entry,
}: Pick<GatewayFact, 'data'> & { entry: Pick<HistoryEntry, 'eventId'> }) {
  return data.disputeId ?? entry.eventId;
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
      return {
        reason: 'DISPUTE',
        id: `dispute ${disputeIdOf({ data, entry: { eventId } })} ${data.gatewayState}`,
        at,
        detail: describeDispute(data),
      };
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
