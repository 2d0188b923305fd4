import { describe, expect, it } from 'vitest';
import { judgeDeadLetterQueue, judgeLiveQueue, judgePolicies } from './queues.ts';
import { buildFacts } from './testing/queue-facts.ts';

describe('a subscriber’s queue', () => {
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
});

describe('a dead-letter queue', () => {
  it.each([
    [0, 'no letters'],
    [1, '1 letter: ./payments dlq triage'],
    [12, '12 letters: ./payments dlq triage'],
  ])('with %i letters is ok, and says where to look', (ApproximateNumberOfMessages, words) => {
    const facts = buildFacts({ ApproximateNumberOfMessages });
    expect(judgeDeadLetterQueue(facts)).toEqual({ result: 'ok', words: [words] });
  });

  it('is wrong where letters vanish from it: too early, or into another queue', () => {
    const RedrivePolicy = { deadLetterTargetArn: 'arn:aws:sqs:r:1:next', maxReceiveCount: 5 };
    expect(
      judgeDeadLetterQueue(buildFacts({ MessageRetentionPeriod: 345_600, RedrivePolicy })),
    ).toEqual({
      result: 'wrong',
      words: [
        'has a redrive policy of its own, to next: letters vanish from here; should have none',
        'keeps messages 4 days; should be 14 days',
      ],
    });
  });

  it('is wrong where there is none', () => {
    expect(judgeDeadLetterQueue(undefined).result).toBe('wrong');
  });
});

describe('the queues’ policies', () => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
  };
  const judgeOne = (...statements: object[]) =>
    judgePolicies([{ name: 'tiers', policy: JSON.stringify({ Statement: statements }) }]);

  it.each([
    ['one statement', statement],
    [
      'lists',
      { ...statement, Principal: { Service: ['events.amazonaws.com'] }, Action: ['SQS:*'] },
    ],
    ['everybody', { ...statement, Principal: '*' }],
  ])('lets EventBridge in by %s', (_what, open) => {
    expect(judgeOne({ Effect: 'Deny', Principal: '*', Action: 'sqs:*' }, open).result).toBe('ok');
  });

  it.each([
    ['refuses', { ...statement, Effect: 'Deny' }],
    ['lets another service send', { ...statement, Principal: { Service: 'sns.amazonaws.com' } }],
    ['lets an account send', { ...statement, Principal: { AWS: '123456789012' } }],
    ['lets EventBridge only look', { ...statement, Action: 'sqs:GetQueueUrl' }],
  ])('is wrong where a policy %s', (_what, closed) => {
    expect(judgeOne(closed)).toEqual({
      result: 'wrong',
      words: ['tiers does not let EventBridge send: deploy the stage again'],
    });
  });

  it('is wrong where one queue of several has none, or one that nobody can read', () => {
    const policy = JSON.stringify({ Statement: statement });
    const { result, words } = judgePolicies([
      { name: 'open', policy },
      { name: 'bare', policy: undefined },
      { name: 'odd', policy: 'no JSON' },
    ]);
    expect(result).toBe('wrong');
    expect(words.map((each) => each.split(' ')[0])).toEqual(['bare', 'odd']);
  });

  it('says nothing where no queue has any: that may be an endpoint that asks for none', () => {
    const queues = ['a', 'b'].map((name) => ({ name, policy: undefined }));
    expect(judgePolicies(queues).result).toBe('not checked');
  });
});
