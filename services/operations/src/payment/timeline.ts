import type { TimelineEntry } from '@cloudnestle/contracts/admin/payment';
import type { MailState } from '@cloudnestle/contracts/items/notification';
import { contentOf } from '@cloudnestle/operations/story/story';
import { maskText } from '@cloudnestle/operations/words/mask';
import { readAttention } from '@cloudnestle/payments/attention/attention';
import type { PaymentFacts } from './gather-facts.ts';

/** All that is known to have happened to an order, the newest first. */
export function buildTimeline(facts: PaymentFacts): TimelineEntry[] {
  return [
    ...tellOrder(facts),
    ...tellMails(facts),
    ...tellRefunds(facts),
    ...tellDocuments(facts),
    ...tellOperators(facts),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

function tellOrder({ story }: PaymentFacts): TimelineEntry[] {
  const { row, createdAt, expiresAt } = story.order;
  const entry = (
    at: string | undefined,
    what: string,
    more: Partial<TimelineEntry> = {},
  ): TimelineEntry[] =>
    at === undefined ? [] : [{ at, lane: 'gateway', what, weight: 'high', ...more }];
  const isOver = story.lookedAt > expiresAt && row.status !== 'COMPLETED';
  return [
    ...entry(createdAt.toISOString(), 'the buyer clicked, and the order was made', {
      lane: 'checkout',
    }),
    ...(isOver
      ? entry(expiresAt.toISOString(), 'the payment page ran out', { weight: 'low' })
      : []),
    ...entry(row.completedAt, 'the gateway has the money'),
    ...entry(row.failedAt, `the payment failed: ${row.failureReason ?? 'no reason'}`),
    ...Object.entries(row.history ?? {}).map(
      ([eventId, { at, what }]): TimelineEntry => ({
        at,
        lane: 'reconciliation',
        what: maskText(what),
        weight: 'low',
        eventId,
      }),
    ),
    ...readAttention(row).flatMap(({ reason, since, detail }) =>
      entry(since, `it needs an operator: ${reason}`, {
        lane: 'reconciliation',
        ...(detail === undefined ? {} : { detail: maskText(detail) }),
      }),
    ),
  ];
}

function tellMails({ story, otherMails }: PaymentFacts): TimelineEntry[] {
  const own = Object.entries(contentOf(story.mails) ?? {}).flatMap(([kind, state]) =>
    typeof state === 'object' ? tellMail(`the ${kind} mail`, state) : [],
  );
  const others = [...(contentOf(otherMails) ?? [])].flatMap(([of, item]) => [
    ...(item?.refunded ? tellMail(`the mail about refund ${of}`, item.refunded) : []),
    ...(item?.document ? tellMail(`the mail with ${of}`, item.document) : []),
  ]);
  return [...own, ...others];
}

function tellMail(name: string, state: MailState): TimelineEntry[] {
  const entry = (at: string, what: string, weight: TimelineEntry['weight']): TimelineEntry[] => [
    { at, lane: 'notifications', what: `${name} ${what}`, weight },
  ];
  switch (state.state) {
    case 'sending':
      return entry(state.claimedAt, 'is being sent', 'low');
    case 'sent':
      return entry(state.sentAt, 'was sent', 'high');
    case 'unknown':
      return entry(state.since, `may have been sent: ${maskText(state.why)}`, 'high');
    case 'skipped':
      return entry(state.at, `was not sent: ${maskText(state.why)}`, 'low');
  }
}

function tellRefunds({ story }: PaymentFacts): TimelineEntry[] {
  return (contentOf(story.refunds) ?? []).flatMap((refund) => {
    const { refundId, origin, requestedBy, submittedAt, completedAt, failedAt, refusal } = refund;
    const entry = (
      at: string | undefined,
      what: string,
      weight: TimelineEntry['weight'],
    ): TimelineEntry[] =>
      at === undefined
        ? []
        : [{ at, lane: 'refunds', what: `refund ${refundId} ${what}`, weight, refundId }];
    return [
      ...entry(refund.createdAt, `was asked for (${origin}, ${maskText(requestedBy)})`, 'high'),
      ...(refusal
        ? entry(refund.updatedAt, `was refused: ${maskText(refusal.words)}`, 'high')
        : []),
      ...entry(submittedAt, 'was sent to the gateway', 'low'),
      ...entry(completedAt, 'was paid back', 'high'),
      ...entry(failedAt, 'failed', 'high'),
    ];
  });
}

function tellDocuments({ documents }: PaymentFacts): TimelineEntry[] {
  return (contentOf(documents) ?? []).map(({ number, kind, issuedAt }) => ({
    at: issuedAt,
    lane: 'invoices',
    what: `${kind.toLowerCase().replaceAll('_', ' ')} ${number} was issued`,
    weight: 'high',
  }));
}

function tellOperators({ story, actions }: PaymentFacts): TimelineEntry[] {
  const word = story.order.row.accessWord;
  return [
    ...(word
      ? [
          {
            at: word.at,
            lane: 'operator',
            what: `access was ${word.what} by ${maskText(word.by)}`,
            detail: maskText(word.why),
            weight: 'high' as const,
          },
        ]
      : []),
    ...(contentOf(actions) ?? []).map(
      ({ actionId, at, by, what, why, outcome }): TimelineEntry => ({
        at,
        lane: 'operator',
        what: `${what} by ${by}${outcome === 'DONE' ? '' : `: ${outcome.toLowerCase()}`}`,
        ...(why === undefined ? {} : { detail: maskText(why) }),
        weight: what === 'payment reveal' ? 'low' : 'high',
        actionId,
      }),
    ),
  ];
}
