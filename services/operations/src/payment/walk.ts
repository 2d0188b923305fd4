import type { WalkEvent } from '@cloudnestle/contracts/admin/payment';
import type { RefundItem } from '@cloudnestle/contracts/items/refund';
import { contentOf, type OrderStory } from '@cloudnestle/operations/story/story';
import { subscriberNames, subscribers } from '@cloudnestle/topology/subscribers';
import type { SubscriberName } from '@cloudnestle/topology/types';
import { type Effect, effects } from '../stage/effects.ts';
import type { PaymentFacts } from './gather-facts.ts';
import {
  type Proof,
  proveAccess,
  proveDocument,
  proveMail,
  proveState,
  worstOf,
} from './prove-effects.ts';

type WalkSubscriber = WalkEvent['subscribers'][number];
type WalkEffect = WalkSubscriber['effects'][number];

/** From the publishing of an event to its effects it takes moments; longer than this, something stands in the way. */
const MOMENT_MS = 2 * 60_000;

/** The events that the order has led to, or should have, each through every queue to its effects; the earliest first. */
export function buildWalk(facts: PaymentFacts): WalkEvent[] {
  const { row } = facts.story.order;
  return [
    ...(row.redirectUrl === undefined ? [] : [walkInitiated(facts)]),
    ...walkOutcome(facts),
    ...(contentOf(facts.story.refunds) ?? [])
      .filter(({ state }) => state === 'COMPLETED')
      .map((refund) => walkRefund(facts, refund)),
    ...(row.accessRevokedAt === undefined ? [] : [walkEnd(facts, row.accessRevokedAt)]),
  ];
}

function walkInitiated(facts: PaymentFacts): WalkEvent {
  const { mails, order, lookedAt } = facts.story;
  const at = order.createdAt.toISOString();
  const isPast = order.row.status !== 'PENDING' || lookedAt > order.expiresAt;
  return toEvent(
    facts,
    { detailType: 'PaymentInitiated', at },
    {
      notifications: [proveMail(mails, 'initiated', isPast ? 'the outcome came first' : undefined)],
    },
  );
}

function walkOutcome(facts: PaymentFacts): WalkEvent[] {
  const { story } = facts;
  const { row } = story.order;
  const { judgement } = story;
  if (row.status === 'COMPLETED' || judgement.kind === 'completed') return [walkCompleted(facts)];
  if (row.status === 'FAILED' || judgement.kind === 'failed') return [walkFailed(facts)];
  return [];
}

function walkCompleted(facts: PaymentFacts): WalkEvent {
  const { story, documents } = facts;
  const { row } = story.order;
  const event = story.judgement.kind === 'completed' ? story.judgement.event : undefined;
  const at = row.completedAt ?? event?.detail.data.completedAt;
  const invoice = proveDocument(documents, (kind) => kind !== 'CREDIT_NOTE');
  const isDuplicate = row.duplicateOf !== undefined;
  return toEvent(
    facts,
    { detailType: 'PaymentCompleted', at, eventId: event?.detail.metadata.eventId },
    {
      ...proveAccess(story),
      notifications: [proveMail(story.mails, 'welcome')],
      reconciliation: [
        row.status === 'COMPLETED'
          ? { state: 'there', at: row.completedAt, fact: 'COMPLETED' }
          : { state: 'missing', fact: `the row says ${row.status}` },
      ],
      invoices: [
        isDuplicate && invoice.state === 'missing'
          ? { state: 'notDue', fact: 'a duplicate gets no invoice' }
          : invoice,
      ],
    },
  );
}

function walkFailed(facts: PaymentFacts): WalkEvent {
  const { story } = facts;
  const { row } = story.order;
  const event = story.judgement.kind === 'failed' ? story.judgement.event : undefined;
  const isSilent = row.status === 'FAILED' && row.failureAttempted !== true;
  return toEvent(
    facts,
    { detailType: 'PaymentFailed', at: row.failedAt, eventId: event?.detail.metadata.eventId },
    {
      notifications: [
        proveMail(story.mails, 'failed', isSilent ? 'the buyer never tried to pay' : undefined),
      ],
      reconciliation: [
        row.status === 'FAILED'
          ? {
              state: 'there',
              at: row.failedAt,
              fact: `FAILED: ${row.failureReason ?? 'no reason'}`,
            }
          : { state: 'missing', fact: `the row says ${row.status}` },
      ],
    },
  );
}

function walkRefund(facts: PaymentFacts, refund: RefundItem): WalkEvent {
  const { story, otherMails, documents } = facts;
  const { row } = story.order;
  const { refundId, completedAt } = refund;
  const mail = contentOf(otherMails)?.get(refundId);
  const isOnRow = row.refunds?.[refundId] !== undefined;
  const note = proveDocument(documents, (_kind, credits) => credits === refundId);
  const hasInvoice = proveDocument(documents, (kind) => kind !== 'CREDIT_NOTE').state === 'there';
  return toEvent(
    facts,
    { detailType: 'PaymentRefunded', at: completedAt },
    {
      notifications: [
        otherMails.kind === 'unread'
          ? { state: 'unread', fact: otherMails.why }
          : proveState(mail?.refunded),
      ],
      reconciliation: [
        isOnRow
          ? { state: 'there', at: completedAt, fact: `${refundId} is on the row` }
          : { state: 'missing', fact: `${refundId} is not on the row` },
      ],
      invoices: [
        note.state === 'missing' && !hasInvoice
          ? { state: 'notDue', fact: 'there is no invoice to take back' }
          : note,
      ],
    },
  );
}

function walkEnd(facts: PaymentFacts, at: string): WalkEvent {
  const { user, records, order, mails } = facts.story;
  const { transactionId } = order.row;
  const isEnded = (item: { grants?: Record<string, unknown> | undefined } | undefined): Proof => {
    const grant = item?.grants?.[transactionId];
    if (grant === undefined) return { state: 'notDue', fact: 'it holds no grant of this order' };
    const ended = typeof grant === 'object' && grant !== null && 'endedAt' in grant;
    return ended ? { state: 'there', at } : { state: 'missing', fact: 'its grant has not ended' };
  };
  const all = contentOf(records) ?? [];
  return toEvent(
    facts,
    { detailType: 'AccessEnded', at },
    {
      tiers: [user.kind === 'unread' ? { state: 'unread', fact: user.why } : isEnded(user.value)],
      entitlements:
        records.kind === 'unread'
          ? [
              { state: 'unread', fact: records.why },
              { state: 'unread', fact: records.why },
            ]
          : [
              worstOf(all.map(({ byUserId }) => isEnded(byUserId))),
              worstOf(all.flatMap(({ byEmail }) => byEmail.map(isEnded))),
            ],
      notifications: [proveMail(mails, 'ended', 'only the end of a pass is mailed')],
      reconciliation: [{ state: 'there', at, fact: 'accessRevokedAt' }],
    },
  );
}

/** Puts what was proven beside every subscriber that hears of the event, in their order. */
function toEvent(
  { story, queues }: PaymentFacts,
  event: { detailType: string; at: string | undefined; eventId?: string | undefined },
  proofs: Partial<Record<SubscriberName, Proof[]>>,
): WalkEvent {
  const isFresh = isRecent(story, event.at);
  const told = hearersOf(event.detailType).map((subscriber): WalkSubscriber => {
    const found = proofs[subscriber] ?? [];
    const known: readonly Effect[] = effects[subscriber];
    const walked = known.map(
      ({ effect, words, table }, index): WalkEffect => ({
        effect,
        words,
        table,
        ...(found[index] ?? { state: 'unread', fact: 'not looked at' }),
      }),
    );
    const counts = queues.find(({ name }) => name === subscriber);
    return {
      subscriber,
      state: stateOf(walked, isFresh),
      ...(counts?.live && !('unread' in counts.live) ? { live: counts.live } : {}),
      ...(counts && !('unread' in counts.dead) ? { dead: counts.dead } : {}),
      effects: walked,
    };
  });
  const missing = told.flatMap(({ subscriber, effects: all }) =>
    all
      .filter(({ state }) => state === 'missing')
      .map(({ effect, words }) => ({ subscriber, effect, words })),
  );
  const eventId = event.eventId ?? findEventId(story, event.detailType);
  return {
    detailType: event.detailType,
    ...(eventId === undefined ? {} : { eventId }),
    ...(event.at === undefined ? {} : { at: event.at }),
    state: eventState(told, isFresh),
    subscribers: told,
    missing,
  };
}

function stateOf(walked: readonly WalkEffect[], isFresh: boolean): WalkSubscriber['state'] {
  if (walked.some(({ state }) => state === 'missing')) return isFresh ? 'onTheWay' : 'missing';
  if (walked.some(({ state }) => state === 'unread')) return 'unread';
  return walked.every(({ state }) => state === 'notDue') ? 'notDue' : 'done';
}

function eventState(told: readonly WalkSubscriber[], isFresh: boolean): WalkEvent['state'] {
  const due = told.flatMap(({ effects: all }) => all).filter(({ state }) => state !== 'notDue');
  if (!due.some(({ state }) => state === 'missing')) return 'done';
  if (!due.some(({ state }) => state === 'there')) return isFresh ? 'onTheWay' : 'notPublished';
  return isFresh ? 'onTheWay' : 'stopped';
}

function isRecent({ lookedAt, newsAt }: OrderStory, at: string | undefined): boolean {
  const latest = Math.max(newsAt?.getTime() ?? 0, at === undefined ? 0 : Date.parse(at));
  return lookedAt.getTime() - latest < MOMENT_MS;
}

const historyWords: Readonly<Record<string, string>> = {
  PaymentCompleted: 'completed',
  PaymentFailed: 'failed',
  AccessEnded: 'access ended',
};

/** The history of the row names its events. */
function findEventId({ order: { row } }: OrderStory, detailType: string): string | undefined {
  const words = historyWords[detailType];
  if (words === undefined) return undefined;
  return Object.entries(row.history ?? {}).find(([, { what }]) => what.startsWith(words))?.[0];
}

function hearersOf(detailType: string): SubscriberName[] {
  return subscriberNames.filter((name) => {
    const hears: readonly string[] = subscribers[name].hears;
    return hears.includes(detailType);
  });
}
