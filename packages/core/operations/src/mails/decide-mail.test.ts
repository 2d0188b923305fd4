import { addMs } from '@cloudnestle/payments/clock';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
} from '@cloudnestle/test-kit/samples';
import { expect, test } from 'vitest';
import {
  decideMail,
  FAILED_MAIL_MAX_AGE_MS,
  type MailFacts,
  WELCOME_MAIL_MAX_AGE_MS,
} from './decide-mail.ts';
import { toMailEvent } from './testing/to-mail-event.ts';

const order = sampleOrder();
const happenedAt = new Date('2025-11-23T09:10:00.000Z');
const soon = addMs(happenedAt, 60_000);
const pending = { status: 'PENDING' } as const;
const completed = { status: 'COMPLETED' } as const;
const failed = { status: 'FAILED' } as const;
const sent = { state: 'sent', messageId: 'm', sentAt: '2025-11-23T09:10:01.000Z' } as const;
const sending = { state: 'sending', claimId: 'c', claimedAt: '2025-11-23T09:10:01.000Z' } as const;
const skipped = { state: 'skipped', why: 'revoked', at: '2025-11-23T09:10:01.000Z' } as const;
const key = { notificationKey: 'order#txn_1' };

const initiated = toMailEvent(sampleInitiated(order));
const paid = toMailEvent(sampleCompleted(order, happenedAt.toISOString()));
const declined = toMailEvent(sampleFailed(order, 'DECLINED', happenedAt.toISOString()));

function failedWith(reason: 'CANCELLED' | 'EXPIRED' | 'UNKNOWN_AT_GATEWAY', attempted: boolean) {
  const event = sampleFailed(order, reason);
  return toMailEvent({
    ...event,
    detail: { ...event.detail, data: { ...event.detail.data, attempted } },
  });
}

const cases: [string, MailFacts, string][] = [
  ['an open order', { event: initiated, order: pending, now: soon }, 'send'],
  [
    'the last moment before expiry',
    { event: initiated, order: pending, now: addMs(order.expiresAt, -1) },
    'send',
  ],
  ['the moment of expiry', { event: initiated, order: pending, now: order.expiresAt }, 'expired'],
  [
    'an open order already paid',
    { event: initiated, order: completed, now: soon },
    'outcome known',
  ],
  ['an open order already failed', { event: initiated, order: failed, now: soon }, 'outcome known'],
  [
    'an open order whose welcome is under way',
    { event: initiated, order: pending, item: { ...key, welcome: sending }, now: soon },
    'outcome known',
  ],
  [
    'an open order whose failure was mailed',
    { event: initiated, order: pending, item: { ...key, failed: sent }, now: soon },
    'outcome known',
  ],

  ['a paid order', { event: paid, order: completed, now: soon }, 'send'],
  ['a paid order before its books are written', { event: paid, order: pending, now: soon }, 'send'],
  ['a paid order that failed first', { event: paid, order: failed, now: soon }, 'send'],
  [
    'a paid order whose access was taken back',
    { event: paid, order: { ...completed, accessRevokedAt: '2025-11-23' }, now: soon },
    'revoked',
  ],
  [
    'a payment exactly 30 days old',
    { event: paid, order: completed, now: addMs(happenedAt, WELCOME_MAIL_MAX_AGE_MS) },
    'send',
  ],
  [
    'a payment older than 30 days',
    { event: paid, order: completed, now: addMs(happenedAt, WELCOME_MAIL_MAX_AGE_MS + 1) },
    'too old',
  ],

  ['a declined payment', { event: declined, order: failed, now: soon }, 'send'],
  [
    'a decline before its books are written',
    { event: declined, order: pending, now: soon },
    'send',
  ],
  [
    'a decline of an order paid by now',
    { event: declined, order: completed, now: soon },
    'already paid',
  ],
  [
    'a decline whose welcome was sent',
    { event: declined, order: failed, item: { ...key, welcome: sent }, now: soon },
    'already paid',
  ],
  [
    'a decline whose welcome was skipped',
    { event: declined, order: failed, item: { ...key, welcome: skipped }, now: soon },
    'already paid',
  ],
  [
    'a decline exactly one day old',
    { event: declined, order: failed, now: addMs(happenedAt, FAILED_MAIL_MAX_AGE_MS) },
    'send',
  ],
  [
    'a decline older than one day',
    { event: declined, order: failed, now: addMs(happenedAt, FAILED_MAIL_MAX_AGE_MS + 1) },
    'too old',
  ],
  ...(['CANCELLED', 'EXPIRED', 'UNKNOWN_AT_GATEWAY'] as const).flatMap(
    (reason): [string, MailFacts, string][] => [
      [
        `${reason} without an attempt`,
        { event: failedWith(reason, false), order: failed, now: soon },
        'no failed attempt',
      ],
      [
        `${reason} after a failed attempt`,
        { event: failedWith(reason, true), order: failed, now: soon },
        'send',
      ],
    ],
  ),
];

test.each(cases)('%s', (_name, facts, expected) => {
  const decision = decideMail(facts);
  expect(decision.kind === 'send' ? 'send' : decision.why).toBe(expected);
});

test('the limits are one day and thirty days', () => {
  expect(FAILED_MAIL_MAX_AGE_MS).toBe(24 * 3_600_000);
  expect(WELCOME_MAIL_MAX_AGE_MS).toBe(30 * 24 * 3_600_000);
});
