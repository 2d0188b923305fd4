import { expect, it } from 'vitest';
import { type Difference, declinedStatus, paidAt, sampleStory } from '../testing/sample-story.ts';
import { planResend } from './resend-mails.ts';

const unknown = { state: 'unknown', since: paidAt, why: 'timeout' } as const;
const sent = { state: 'sent', messageId: 'm', sentAt: paidAt } as const;
const failed = {
  status: 'FAILED',
  failureReason: 'DECLINED',
  failureAttempted: true,
  failedAt: paidAt,
  completedAt: undefined,
} as const;

it.each<[string, Difference, string]>([
  ['welcome', { mails: { initiated: sent, welcome: unknown } }, 'welcome'],
  ['failed', { row: failed, gateway: declinedStatus, mails: { failed: unknown } }, 'failed'],
  [
    'initiated',
    {
      row: { status: 'PENDING', completedAt: undefined },
      gateway: { kind: 'notFound' },
      lookedAt: '2025-11-23T09:05:00.000Z',
      mails: { initiated: unknown },
    },
    'initiated',
  ],
])('has the %s mail sent again', async (_what, difference, kind) => {
  const plan = planResend(await sampleStory(difference));
  expect(plan).toEqual({ mails: [{ kind, since: paidAt }], reasons: [] });
});

it('has only those sent again that are still worth it', async () => {
  const story = await sampleStory({ mails: { initiated: unknown, welcome: unknown } });
  expect(planResend(story)).toEqual({
    mails: [{ kind: 'welcome', since: paidAt }],
    reasons: ['The mail about the payment page is not to be sent now: the outcome is known.'],
  });
});

it.each<[string, Difference, string]>([
  ['all are known', {}, 'No mail of this order is unknown.'],
  [
    'it is too old',
    { mails: { welcome: unknown }, lookedAt: '2026-01-01T00:00:00.000Z' },
    'too old',
  ],
  [
    'access is gone',
    { mails: { welcome: unknown }, row: { accessRevokedAt: paidAt } },
    'taken back',
  ],
  [
    'PhonePe is silent',
    { mails: { welcome: unknown }, gateway: { kind: 'unreachable', reason: 'timed out' } },
    'PhonePe could not be asked (timed out)',
  ],
  [
    'PhonePe contradicts',
    { mails: { welcome: unknown }, gateway: declinedStatus },
    'says otherwise',
  ],
  [
    'a dead run holds it',
    { mails: { welcome: { state: 'sending', claimId: 'c', claimedAt: paidAt } } },
    '--repair',
  ],
  ['nothing could be read', { mails: { kind: 'unread', why: 'denied' } }, 'denied'],
])('has nothing sent again where %s, and says so', async (_what, difference, words) => {
  const { mails, reasons } = planResend(await sampleStory(difference));
  expect(mails).toEqual([]);
  expect(reasons.join(' ')).toContain(words);
});
