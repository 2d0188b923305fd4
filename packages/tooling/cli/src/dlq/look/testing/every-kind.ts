import type { LocalRun } from '@cloudnestle/dev/start';
import {
  sampleCompleted,
  sampleFailed,
  sampleInitiated,
  sampleOrder,
  sampleRow,
} from '@cloudnestle/test-kit/samples';
import {
  exhausted,
  type LetterToPut,
  type Mailroom,
  toBody,
} from '../../../testing/dead-letters.ts';

const EMAIL = 'anna.secret@example.com';

/** An email address and a VPA of these letters: no output may have them unless they are asked for. */
export const secrets = ['anna.secret', 'user@paytm'];

const orderOf = (userId: string) => sampleOrder(sampleRow({ userId, userEmail: EMAIL }));

/** An event that everybody could take; with an email address and a VPA. */
export const paidBody = (userId: string) => toBody(sampleCompleted(orderOf(userId)));

/** The attributes of a letter that failed at noon. */
const failed = (reason: string, changes: Record<string, string> = {}) =>
  exhausted(reason, {
    firstFailedAt: '2025-11-23T11:00:00.000Z',
    lastFailedAt: '2025-11-23T12:00:00.000Z',
    ...changes,
  });

/** A letter of every kind that there is, in the dead-letter queues of a run whose pollers are paused. */
export async function putEveryKind(run: LocalRun, mailroom: Mailroom): Promise<void> {
  const { queues, deliveryDeadLetterUrl } = run.provisioned;
  const put = (subscriber: string, letters: LetterToPut[]) =>
    mailroom.put(queues[subscriber]?.deadLetterUrl ?? '', letters);
  await put('tiers', [
    { body: paidBody('buyer-1'), attributes: failed('no user row buyer-1') },
    {
      body: paidBody('buyer-2'),
      attributes: failed('no user row buyer-2', {
        failureKind: 'permanent',
        lastFailedAt: '2025-11-23T13:00:00.000Z',
        replayedBy: 'assumed-role/operators/anna.secret@corp.example',
        replayedAt: '2025-11-23T12:30:00.000Z',
        replayCount: '2',
      }),
    },
    // SQS itself moved this one.
    { body: paidBody('buyer-3') },
  ]);
  const mismatch = JSON.parse(paidBody('buyer-4'));
  delete mismatch.detail.data.plan;
  await put('entitlements', [
    {
      body: JSON.stringify(mismatch),
      attributes: failed('schema mismatch in PaymentCompleted: data.plan', {
        failureKind: 'permanent',
      }),
    },
  ]);
  await put('notifications', [
    {
      body: `{"to": "${EMAIL}", no json`,
      attributes: failed('the message is no JSON', { failureKind: 'permanent' }),
    },
    {
      body: toBody(sampleInitiated(orderOf('buyer-5'))),
      attributes: failed(`it's not for ${EMAIL}`),
    },
    {
      body: JSON.stringify({
        ...JSON.parse(toBody(sampleFailed(orderOf('buyer-6'), 'DECLINED'))),
        'detail-type': '\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e',
      }),
      attributes: failed('red \u009b31m alert \u202e'),
    },
  ]);
  await mailroom.put(deliveryDeadLetterUrl, [
    {
      body: paidBody('buyer-7'),
      attributes: {
        TARGET_ARN: `arn:aws:sqs:us-east-1:000000000000:${run.topology.subscriptions[0]?.queue}`,
        RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/tiers',
        ERROR_CODE: 'NO_PERMISSIONS',
        ERROR_MESSAGE: 'not allowed, 2 times',
        RETRY_ATTEMPTS: '3',
      },
    },
    { body: paidBody('buyer-8') },
  ]);
}

/** Letters of every kind, by queue. */
export const everyKind = { tiers: 3, entitlements: 1, notifications: 3, delivery: 2 };
