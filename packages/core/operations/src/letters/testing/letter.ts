import type { Letter } from '../letter.ts';

/** A letter that its handler gave up on. */
export function aLetter(changes: Partial<Letter> = {}): Letter {
  return {
    messageId: crypto.randomUUID(),
    receiptHandle: 'handle',
    body: '{}',
    sentAt: new Date('2026-01-31T10:00:01.000Z'),
    event: {
      eventId: 'evt_1',
      detailType: 'PaymentCompleted',
      transactionId: 'txn_MP-anna-1',
      merchantOrderId: 'MP-anna-1',
      userId: 'anna',
      occurredAt: '2026-01-31T08:00:00.000Z',
    },
    failure: {
      kind: 'exhausted',
      reason: 'no user row anna',
      attempts: 8,
      firstAt: '2026-01-31T09:00:00.000Z',
      lastAt: '2026-01-31T10:00:00.000Z',
    },
    replay: {},
    attributes: {},
    foreign: {},
    subscriber: 'tiers',
    obstacle: undefined,
    ...changes,
  };
}

/** One that failed for this reason. */
export function failedFor(reason: string, changes: Partial<Letter> = {}): Letter {
  const { failure } = aLetter();
  return aLetter({ failure: { ...failure, reason }, ...changes });
}
