import { expect, it } from 'vitest';
import { buildFacts } from '../testing/queue-facts.ts';
import { judgeLiveQueue } from './judge-live-queue.ts';

const dlq = 'arn:aws:sqs:ap-south-1:123456789012:tiers-dlq';
const own = { name: 'tiers-dlq', arn: dlq };
const sound = buildFacts({
  VisibilityTimeout: 90,
  MessageRetentionPeriod: 345_600,
  RedrivePolicy: { deadLetterTargetArn: dlq, maxReceiveCount: 10 },
});
const judgeQueue = (facts: typeof sound | undefined, deadLetter: typeof ownOrUnknown = own) =>
  judgeLiveQueue(facts, { visibilityTimeoutSeconds: 90 }, deadLetter);
const ownOrUnknown: { name: string; arn: string | undefined } = own;

it('counts what is in a sound queue, worked on or not', () => {
  expect(judgeQueue(sound)).toEqual({ result: 'ok', words: ['no messages'] });
  const busy = {
    ...sound,
    ApproximateNumberOfMessages: 1,
    ApproximateNumberOfMessagesNotVisible: 2,
    ApproximateNumberOfMessagesDelayed: 4,
  };
  expect(judgeQueue(busy).words).toEqual(['7 messages']);
});

it.each([
  [{ VisibilityTimeout: 89 }, 'its visibility timeout is 89 s; should be 90 s'],
  [{ MessageRetentionPeriod: 86_400 }, 'keeps messages 1 day; should be 4 days'],
  [{ MessageRetentionPeriod: 60 }, 'keeps messages 60 s; should be 4 days'],
  [{ RedrivePolicy: undefined }, 'has no redrive policy; should lead to tiers-dlq'],
  [
    { RedrivePolicy: { deadLetterTargetArn: dlq, maxReceiveCount: 3 } },
    'gives a message up after 3 receives; should be 10',
  ],
  [
    { RedrivePolicy: { deadLetterTargetArn: `${dlq}2`, maxReceiveCount: 10 } },
    'its redrive policy leads to tiers-dlq2; should be tiers-dlq',
  ],
  [
    {
      RedrivePolicy: {
        deadLetterTargetArn: dlq.replace('ap-south-1', 'us-east-1'),
        maxReceiveCount: 10,
      },
    },
    'its redrive policy leads to arn:aws:sqs:us-east-1:123456789012:tiers-dlq; should be tiers-dlq',
  ],
])('says what is and what should be: %j', (damage, words) => {
  expect(judgeQueue({ ...sound, ...damage })).toEqual({ result: 'wrong', words: [words] });
});

it('lets a longer visibility timeout be', () => {
  expect(judgeQueue({ ...sound, VisibilityTimeout: 600 }).result).toBe('ok');
});

it('goes by the name of a dead-letter queue that cannot be asked', () => {
  expect(judgeQueue(sound, { ...own, arn: undefined }).result).toBe('ok');
  expect(judgeQueue(sound, { name: 'other-dlq', arn: undefined }).result).toBe('wrong');
});
