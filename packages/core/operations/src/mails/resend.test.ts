import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
} from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import { findObjection } from './resend.ts';

const order = sampleOrder();
const completed = sampleCompleted(order, '2025-11-23T09:10:00.000Z');
const failed = sampleFailed(order, 'DECLINED', '2025-11-23T09:10:00.000Z');
const unknown = { state: 'unknown', since: '2025-11-23T09:10:01.000Z', why: 'timeout' } as const;
const item = { notificationKey: `order#${order.row.transactionId}` };
const soon = new Date('2025-11-23T09:15:00.000Z');

it.each([
  ['a welcome mail', completed, { status: 'COMPLETED' }, { ...item, welcome: unknown }],
  ['a mail about a failure', failed, { status: 'FAILED' }, { ...item, failed: unknown }],
  [
    'the first mail of an order that can still be paid',
    sampleInitiated(order),
    { status: 'PENDING' },
    { ...item, initiated: unknown },
  ],
] as const)('nothing speaks against %s that nobody knows of', (_what, event, row, notes) => {
  expect(findObjection(event, { order: row, item: notes, now: soon })).toBeUndefined();
});

it.each([
  ['revoked', completed, { status: 'COMPLETED', accessRevokedAt: 'x' }, soon],
  ['too old', completed, { status: 'COMPLETED' }, new Date('2025-12-24T09:10:00.000Z')],
  ['too old', failed, { status: 'FAILED' }, new Date('2025-11-24T09:10:01.000Z')],
  ['already paid', failed, { status: 'COMPLETED' }, soon],
  ['outcome known', sampleInitiated(order), { status: 'FAILED' }, soon],
  ['expired', sampleInitiated(order), { status: 'PENDING' }, order.expiresAt],
] as const)('says what the subscriber would say: %s', (why, event, row, now) => {
  expect(findObjection(event, { order: row, item, now })).toBe(why);
});

it('looks at the other mails of the order', () => {
  const paid = { ...item, welcome: { state: 'sent', messageId: 'm', sentAt: 'x' } as const };
  expect(findObjection(failed, { order: { status: 'FAILED' }, item: paid, now: soon })).toBe(
    'already paid',
  );
});
