import { describe, expect, it } from 'vitest';
import { judgeDeadLetterQueue, judgeLiveQueue, type SeenQueue } from './queue.ts';

const wordsOf = (problems: readonly { words: string }[]) => problems.map(({ words }) => words);

describe('a subscriber’s queue', () => {
  const dlq = 'arn:aws:sqs:ap-south-1:123456789012:tiers-dlq';
  const own = { name: 'tiers-dlq', arn: dlq };
  const sound: SeenQueue = {
    visibilityTimeoutSeconds: 90,
    retentionSeconds: 345_600,
    redrive: { deadLetterArn: dlq, maxReceiveCount: 10 },
  };
  const judge = (seen: SeenQueue, deadLetter: { name: string; arn: string | undefined } = own) =>
    wordsOf(judgeLiveQueue(seen, { leastVisibilitySeconds: 90, deadLetter }));

  it.each([
    [{ visibilityTimeoutSeconds: 89 }, 'its visibility timeout is 89 s; should be 90 s'],
    [{ visibilityTimeoutSeconds: undefined }, 'its visibility timeout is not set; should be 90 s'],
    [{ retentionSeconds: 86_400 }, 'keeps messages 1 day; should be 4 days'],
    [{ retentionSeconds: 60 }, 'keeps messages 60 s; should be 4 days'],
    [
      { retentionSeconds: undefined },
      'keeps messages for a time that is not set; should be 4 days',
    ],
    [{ redrive: undefined }, 'has no redrive policy; should lead to tiers-dlq'],
    [
      { redrive: { deadLetterArn: dlq, maxReceiveCount: 3 } },
      'gives a message up after 3 receives; should be 10',
    ],
    [
      { redrive: { deadLetterArn: `${dlq}2`, maxReceiveCount: 10 } },
      'its redrive policy leads to tiers-dlq2; should be tiers-dlq',
    ],
    [
      {
        redrive: { deadLetterArn: dlq.replace('ap-south-1', 'us-east-1'), maxReceiveCount: 10 },
      },
      'its redrive policy leads to arn:aws:sqs:us-east-1:123456789012:tiers-dlq; should be tiers-dlq',
    ],
  ])('is wrong, in words that say what is and what should be: %j', (damage, words) => {
    expect(judge({ ...sound, ...damage })).toEqual([words]);
  });

  it('is right as the topology has it, and where its visibility timeout is longer', () => {
    expect(judge(sound)).toEqual([]);
    expect(judge({ ...sound, visibilityTimeoutSeconds: 600 })).toEqual([]);
  });

  it('is judged by the name of a dead-letter queue whose ARN is not known', () => {
    expect(judge(sound, { ...own, arn: undefined })).toEqual([]);
    expect(judge(sound, { name: 'other-dlq', arn: undefined })).toHaveLength(1);
  });
});

describe('a dead-letter queue', () => {
  const sound: SeenQueue = {
    visibilityTimeoutSeconds: undefined,
    retentionSeconds: 1_209_600,
    redrive: undefined,
  };

  it('is wrong where letters vanish from it: too early, or into another queue', () => {
    expect(judgeDeadLetterQueue(sound)).toEqual([]);
    const redrive = { deadLetterArn: 'arn:aws:sqs:r:1:next', maxReceiveCount: 5 };
    expect(wordsOf(judgeDeadLetterQueue({ ...sound, retentionSeconds: 345_600, redrive }))).toEqual(
      [
        'has a redrive policy of its own, to next: letters vanish from here; should have none',
        'keeps messages 4 days; should be 14 days',
      ],
    );
  });
});
