import { isDeepStrictEqual } from 'node:util';
import { eventContracts } from '@cloudnestle/contracts/events/all';
import { isSameEmail } from '@cloudnestle/payments/email';
import { parseRecord } from '@cloudnestle/runtime/queue/subscriber';
import type { Letter } from '../letters/letter.ts';
import { contentOf, type OrderStory } from '../story/story.ts';
import { countOf } from '../words/plural.ts';
import { PROGRAM } from '../words/program-name.ts';
import { type Finding, isContested, isUserGone } from './finding.ts';

/** What subscribers have given up on. */
export function judgeLetters(story: OrderStory): Finding[] {
  const isOver = isStopped(story);
  return story.queues.dead.flatMap(({ queue, found }) =>
    (contentOf(found)?.letters ?? []).map((letter) => {
      const text = describeLetter(queue, letter);
      return isOver ? { text } : { ...judgeLetter(story, queue, letter, text) };
    }),
  );
}

/** Whether `--repair` puts a letter of the story back into its queue. */
export function goesBack(story: OrderStory, letter: Letter): boolean {
  return !isStopped(story) && objectToLetter(story, letter) === undefined;
}

/** Replayed now, letters would only come back, or bring about what an operator has to decide first. */
function isStopped(story: OrderStory): boolean {
  return isContested(story) || isUserGone(story);
}

function judgeLetter(story: OrderStory, queue: string, letter: Letter, text: string): Finding {
  const why = objectToLetter(story, letter);
  if (why === undefined) return { need: 'replay', text };
  const objection = `${text} --repair leaves it there: ${why}`;
  return story.judgement.kind === 'gatewayUnavailable' && letter.obstacle === undefined
    ? { need: 'sight', text: `${objection}.` }
    : { need: 'person', text: `${objection}. ${PROGRAM} dlq show ${queue} ${letter.messageId}` };
}

function describeLetter(queue: string, { event, failure, subscriber }: Letter): string {
  const what = event.detailType ?? 'a message';
  const tries =
    failure.attempts === undefined ? '' : ` after ${countOf(failure.attempts, 'attempt')}`;
  return failure.kind === 'undelivered'
    ? `EventBridge could not deliver ${what} to ${subscriber ?? 'a queue'}${tries}: ${failure.reason}.`
    : `${queue} has given up on ${what}${tries}: ${failure.reason}.`;
}

type Event = ReturnType<typeof parse>;
type OrderEvent = Exclude<
  Event,
  {
    detailType:
      | 'GatewayEventReceived'
      | 'AccessEnded'
      | 'AccessEnding'
      | 'RefundRequested'
      | 'PaymentRefunded'
      | 'RefundFailed'
      | 'RefundInDoubt'
      | 'InvoiceIssued'
      | 'CreditNoteIssued';
  }
>;
type Of<Type extends Event['detailType']> = Extract<Event, { detailType: Type }>['data'];

/**
 * Why `--repair` must not put a letter back, as half a sentence; undefined where row and gateway, as they were asked in
 * this very run, say what the letter says. Anything that may send to a queue can write a letter, so a letter proves
 * nothing by itself.
 */
export function objectToLetter(
  story: Pick<OrderStory, 'order' | 'judgement'>,
  letter: Pick<Letter, 'body' | 'obstacle' | 'subscriber'>,
): string | undefined {
  if (letter.obstacle !== undefined) return `it can never succeed (${letter.obstacle})`;
  if (letter.subscriber === undefined) return 'nothing says whose it is';
  if (story.judgement.kind === 'gatewayUnavailable') return 'PhonePe could not be asked';
  const event = parse(letter.body);
  if (event.detailType === 'GatewayEventReceived') return objectToGateway(story, event.data);
  if (event.detailType === 'AccessEnded') return objectToEnd(story, event.data);
  if (event.detailType === 'AccessEnding') return objectToBuyer(story, event.data);
  if (event.detailType === 'RefundRequested') return objectToRefundWish(story, event.data);
  if (
    event.detailType === 'PaymentRefunded' ||
    event.detailType === 'RefundFailed' ||
    event.detailType === 'RefundInDoubt'
  ) {
    return 'the refund sweep says it again by itself, while the row does not show it';
  }
  if (event.detailType === 'InvoiceIssued' || event.detailType === 'CreditNoteIssued') {
    return objectToBuyer(story, event.data);
  }
  return objectToOrder(story, event) ?? objectToOutcome(story, event);
}

/** What is sent is the refund's own row, whatever the letter says: it is only a reason to look at it. */
function objectToRefundWish(
  { order }: Pick<OrderStory, 'order'>,
  { transactionId }: Of<'RefundRequested'>,
): string | undefined {
  return transactionId === order.row.transactionId ? undefined : 'it names another order';
}

/** Only the row's mark ends what was paid for; a pass that has run out changes nothing that is not so already. */
function objectToEnd(
  story: Pick<OrderStory, 'order'>,
  data: Of<'AccessEnded'>,
): string | undefined {
  const objection = objectToBuyer(story, data);
  if (objection !== undefined) return objection;
  return data.reason === 'EXPIRED' || story.order.row.accessRevokedAt !== undefined
    ? undefined
    : 'it ends access, and nothing on the row says that it was taken back';
}

function objectToBuyer(
  { order: { row } }: Pick<OrderStory, 'order'>,
  data: Pick<Of<'AccessEnded'>, 'transactionId' | 'userId'>,
): string | undefined {
  if (data.transactionId !== row.transactionId) return 'it names another order';
  return data.userId === row.userId ? undefined : "it names another user than the order's row";
}

/** What has no obstacle fits its subscriber's contract, and so one of these. */
function parse(body: string) {
  return parseRecord(body, Object.values(eventContracts));
}

/** Who ordered what: every subscriber takes it from the event. */
function objectToOrder(
  { order }: Pick<OrderStory, 'order'>,
  { data }: OrderEvent,
): string | undefined {
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

function objectToOutcome(story: Pick<OrderStory, 'order' | 'judgement'>, event: OrderEvent) {
  switch (event.detailType) {
    case 'PaymentCompleted':
      return objectToPaid(story, event.data);
    case 'PaymentFailed':
      return objectToFailed(story, event.data);
    case 'PaymentInitiated':
      return objectToInitiated(story, event.data);
  }
}

function objectToPaid({ judgement }: Pick<OrderStory, 'judgement'>, data: Of<'PaymentCompleted'>) {
  if (judgement.kind !== 'completed') return 'it says paid, and PhonePe does not';
  return data.completedAt === judgement.event.detail.data.completedAt
    ? undefined
    : 'it says paid at another time than PhonePe';
}

function objectToFailed(
  { order: { row }, judgement }: Pick<OrderStory, 'order' | 'judgement'>,
  { reason }: Of<'PaymentFailed'>,
) {
  const isSaid = judgement.kind === 'failed' && judgement.event.detail.data.reason === reason;
  const isRecorded = row.status === 'FAILED' && row.failureReason === reason;
  return isSaid || isRecorded
    ? undefined
    : `it says failed (${reason}), and neither PhonePe nor our books do`;
}

function objectToInitiated(
  { order: { row } }: Pick<OrderStory, 'order'>,
  data: Of<'PaymentInitiated'>,
) {
  if (row.status !== 'PENDING') return `the page it tells of is over: our books say ${row.status}`;
  return data.redirectUrl === row.redirectUrl
    ? undefined
    : "it names another page than the order's row";
}

/** Of refunds and disputes the subscriber asks the gateway itself. */
function objectToGateway(
  { order, judgement }: Pick<OrderStory, 'order' | 'judgement'>,
  { merchantOrderId, kind }: Of<'GatewayEventReceived'>,
) {
  if (merchantOrderId !== order.row.merchantOrderId) return 'it names another order';
  return kind === 'mismatch' && judgement.kind !== 'mismatch'
    ? "it says that PhonePe's answer does not fit, and it does"
    : undefined;
}
