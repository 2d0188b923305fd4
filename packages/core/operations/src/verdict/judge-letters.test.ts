import type { TransactionItem } from '@cloudnestle/contracts/items/transaction';
import { buildGatewayEvent } from '@cloudnestle/payments/build-events';
import { sampleCompleted, sampleFailed, sampleInitiated } from '@cloudnestle/test-kit/samples';
import { expect, it } from 'vitest';
import {
  type Difference,
  declinedStatus,
  paidAt,
  paidStatus,
  sampleLetter,
  sampleOrder,
  sampleStory,
} from '../testing/sample-story.ts';
import { objectToLetter } from './judge-letters.ts';

type Event = Parameters<typeof sampleLetter>[1];

const object = async (difference: Difference, event: Event) =>
  objectToLetter(await sampleStory(difference), sampleLetter({}, event));

const paid = (row: Partial<TransactionItem> = {}, at = paidAt) =>
  sampleCompleted(sampleOrder(row), at);
const failed = (reason?: 'EXPIRED') => sampleFailed(sampleOrder(), reason, paidAt);
const { merchantOrderId } = sampleOrder().row;
const trigger = { producer: 'test', causationId: 'test', gatewayEvent: 'test' };
const said = (kind: 'refund' | 'mismatch', id = merchantOrderId) =>
  buildGatewayEvent(
    { kind, gatewayState: 'X', merchantOrderId: id, merchantRefundId: 'r' },
    new Date(paidAt),
    trigger,
  );

const pending = { status: 'PENDING', completedAt: undefined } as const;
const declined = { ...pending, status: 'FAILED', failureReason: 'DECLINED' } as const;
const pendingStatus = { ...paidStatus, state: 'PENDING', gatewayState: 'PENDING' } as const;
const silent = { kind: 'unreachable', reason: 'timed out' } as const;
const plan = sampleOrder().plan;

it.each<[string, Difference, Event]>([
  ['paid, and PhonePe says so', {}, paid()],
  ['paid, and PhonePe says so before our books do', { row: pending }, paid()],
  ['failed, and PhonePe says so', { row: pending, gateway: declinedStatus }, failed()],
  ['failed, and our books say so', { row: declined, gateway: pendingStatus }, failed()],
  [
    'a page that is open',
    { row: pending, gateway: pendingStatus },
    sampleInitiated(sampleOrder(pending)),
  ],
  ['a refund of this order', {}, said('refund')],
  [
    'paid, with another spelling of the same address',
    { row: { userEmail: 'Rene\u0301@b\u00FCcher.example' } },
    paid({ userEmail: 'ren\u00E9@xn--bcher-kva.example' }),
  ],
])('a letter goes back that says: %s', async (_what, difference, event) => {
  expect(await object(difference, event)).toBeUndefined();
});

it.each<[string, Difference, Event, string]>([
  ['paid, and PhonePe says pending', { gateway: pendingStatus }, paid(), 'PhonePe does not'],
  ['paid, and PhonePe says failed', { gateway: declinedStatus }, paid(), 'PhonePe does not'],
  ['paid, and PhonePe does not know it', { gateway: { kind: 'notFound' } }, paid(), 'does not'],
  ['paid, and PhonePe is silent', { gateway: silent }, paid(), 'could not be asked'],
  ['a page, and PhonePe is silent', { gateway: silent }, sampleInitiated(sampleOrder()), 'asked'],
  ['another user', {}, paid({ userId: 'stranger' }), 'another user'],
  ['another address', {}, paid({ userEmail: 's@example.com' }), 'another address'],
  ['another amount', {}, paid({ amount: 100 }), 'another amount'],
  ['a better plan', {}, paid({ plan: { ...plan, tier: 'enterprise' } }), 'another plan'],
  ['more solutions', {}, paid({ plan: { ...plan, solutionIds: ['x'] } }), 'another plan'],
  ['another order', {}, paid({ merchantOrderId: 'MP-other' }), 'another order'],
  ['another time', {}, paid({}, '2030-01-01T00:00:00.000Z'), 'another time'],
  ['failed, and it is paid', {}, failed(), 'neither PhonePe nor our books'],
  ['another failure', { row: declined, gateway: pendingStatus }, failed('EXPIRED'), 'EXPIRED'],
  ['a page that is over', {}, sampleInitiated(sampleOrder()), 'our books say COMPLETED'],
  [
    'a page that is not ours',
    { row: pending, gateway: pendingStatus },
    sampleInitiated(sampleOrder({ redirectUrl: 'https://evil.example/' })),
    'another page',
  ],
  ['a refund of another order', {}, said('refund', 'MP-other'), 'another order'],
  ['an answer that does not fit', {}, said('mismatch'), 'and it does'],
])('a letter stays that says: %s', async (_what, difference, event, why) => {
  expect(await object(difference, event)).toContain(why);
});
