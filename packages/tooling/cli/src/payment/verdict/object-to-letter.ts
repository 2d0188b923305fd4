import { isDeepStrictEqual } from 'node:util';
import { eventContracts } from '@cloudnestle/contracts/events/all';
import { isSameEmail } from '@cloudnestle/payments/email';
import { parseRecord } from '@cloudnestle/runtime/queue/subscriber';
import type { Letter } from '../../letters/letter.ts';
import type { Story } from '../story/story.ts';

type Event = ReturnType<typeof parse>;
type OrderEvent = Exclude<Event, { detailType: 'GatewayEventReceived' }>;
type Of<Type extends Event['detailType']> = Extract<Event, { detailType: Type }>['data'];

/**
 * Why `--repair` must not put a letter back, as half a sentence; undefined where row and gateway, as they were asked in
 * this very run, say what the letter says. Whoever can write into a queue can write a letter: it is no witness.
 */
export function objectToLetter(
  story: Pick<Story, 'order' | 'judgement'>,
  letter: Pick<Letter, 'body' | 'obstacle' | 'subscriber'>,
): string | undefined {
  if (letter.obstacle !== undefined) return `it can never succeed (${letter.obstacle})`;
  if (letter.subscriber === undefined) return 'nothing says whose it is';
  if (story.judgement.kind === 'gatewayUnavailable') return 'PhonePe could not be asked';
  const event = parse(letter.body);
  if (event.detailType === 'GatewayEventReceived') return objectToGateway(story, event.data);
  return objectToOrder(story, event) ?? objectToOutcome(story, event);
}

/** What has no obstacle fits its subscriber's contract, and so one of these. */
function parse(body: string) {
  return parseRecord(body, Object.values(eventContracts));
}

/** Who ordered what: every subscriber takes it from the event. */
function objectToOrder({ order }: Pick<Story, 'order'>, { data }: OrderEvent): string | undefined {
  const { row, plan, amountInPaisa } = order;
  const isOrder =
    data.transactionId === row.transactionId && data.merchantOrderId === row.merchantOrderId;
  if (!isOrder) return 'it names another order';
  if (data.userId !== row.userId) return "it names another user than the order's row";
  if (!isSameEmail(data.userEmail, row.userEmail))
    return "it names another address than the order's row";
  if (data.amountInPaisa !== amountInPaisa) return "it names another amount than the order's row";
  return isDeepStrictEqual(data.plan, plan) ? undefined : "it names another plan than the order's";
}

function objectToOutcome(story: Pick<Story, 'order' | 'judgement'>, event: OrderEvent) {
  switch (event.detailType) {
    case 'PaymentCompleted':
      return objectToPaid(story, event.data);
    case 'PaymentFailed':
      return objectToFailed(story, event.data);
    case 'PaymentInitiated':
      return objectToInitiated(story, event.data);
  }
}

function objectToPaid({ judgement }: Pick<Story, 'judgement'>, data: Of<'PaymentCompleted'>) {
  if (judgement.kind !== 'completed') return 'it says paid, and PhonePe does not';
  return data.completedAt === judgement.event.detail.data.completedAt
    ? undefined
    : 'it says paid at another time than PhonePe';
}

function objectToFailed(
  { order: { row }, judgement }: Pick<Story, 'order' | 'judgement'>,
  { reason }: Of<'PaymentFailed'>,
) {
  const isSaid = judgement.kind === 'failed' && judgement.event.detail.data.reason === reason;
  const isRecorded = row.status === 'FAILED' && row.failureReason === reason;
  return isSaid || isRecorded
    ? undefined
    : `it says failed (${reason}), and neither PhonePe nor our books do`;
}

function objectToInitiated({ order: { row } }: Pick<Story, 'order'>, data: Of<'PaymentInitiated'>) {
  if (row.status !== 'PENDING') return `the page it tells of is over: our books say ${row.status}`;
  return data.redirectUrl === row.redirectUrl
    ? undefined
    : "it names another page than the order's row";
}

/** Of refunds and disputes the subscriber asks the gateway itself. */
function objectToGateway(
  { order, judgement }: Pick<Story, 'order' | 'judgement'>,
  { merchantOrderId, kind }: Of<'GatewayEventReceived'>,
) {
  if (merchantOrderId !== order.row.merchantOrderId) return 'it names another order';
  return kind === 'mismatch' && judgement.kind !== 'mismatch'
    ? "it says that PhonePe's answer does not fit, and it does"
    : undefined;
}
