import { describe, expect, it } from 'vitest';
import { examineDeadLetterQueue, examineLiveQueue, judgePolicies } from './queues.ts';
import { buildFacts } from './testing/queue-facts.ts';

describe('a subscriber’s queue', () => {
  const dlq = 'arn:aws:sqs:ap-south-1:123456789012:tiers-dlq';
  const sound = buildFacts({
    VisibilityTimeout: 90,
    MessageRetentionPeriod: 345_600,
    RedrivePolicy: { deadLetterTargetArn: dlq, maxReceiveCount: 10 },
  });
  const examine = (facts: typeof sound | undefined) =>
    examineLiveQueue(facts, { visibilityTimeoutSeconds: 90 }, { name: 'tiers-dlq', arn: dlq });

  it('counts what is in a sound queue, worked on or not', () => {
    expect(examine(sound)).toEqual({ result: 'ok', words: ['no messages'] });
    const busy = {
      ...sound,
      ApproximateNumberOfMessages: 1,
      ApproximateNumberOfMessagesNotVisible: 2,
      ApproximateNumberOfMessagesDelayed: 4,
    };
    expect(examine(busy).words).toEqual(['7 messages']);
  });

  it('is judged by what SQS says of it', () => {
    const damaged = buildFacts({
      VisibilityTimeout: 89,
      MessageRetentionPeriod: 60,
      RedrivePolicy: { deadLetterTargetArn: `${dlq}2`, maxReceiveCount: 3 },
    });
    expect(examine(damaged)).toEqual({
      result: 'wrong',
      words: [
        'its redrive policy leads to tiers-dlq2; should be tiers-dlq',
        'gives a message up after 3 receives; should be 10',
        'its visibility timeout is 89 s; should be 90 s',
        'keeps messages 60 s; should be 4 days',
      ],
    });
    expect(examine(undefined).result).toBe('wrong');
  });
});

describe('a dead-letter queue', () => {
  it.each([
    [0, 'no letters'],
    [1, '1 letter: ./payments dlq triage'],
    [12, '12 letters: ./payments dlq triage'],
  ])('with %i letters is ok, and says where to look', (ApproximateNumberOfMessages, words) => {
    const facts = buildFacts({ ApproximateNumberOfMessages });
    expect(examineDeadLetterQueue(facts)).toEqual({ result: 'ok', words: [words] });
  });

  it('is judged by what SQS says of it', () => {
    const short = buildFacts({ MessageRetentionPeriod: 345_600 });
    expect(examineDeadLetterQueue(short).words).toEqual([
      'keeps messages 4 days; should be 14 days',
    ]);
    expect(examineDeadLetterQueue(undefined).result).toBe('wrong');
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
    ['every principal', { ...statement, Principal: '*' }],
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

  it('is wrong where one queue of several has none, or one that cannot be read', () => {
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
